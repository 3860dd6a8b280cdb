import { COMMAND_IDS, COMMANDS, type CommandId } from "@/entities/shortcuts/commands";

export interface CommandGroup {
  title: string;
  ids: CommandId[];
}

const titles = [...new Set(COMMAND_IDS.map((id) => COMMANDS[id].group))];

/** As the tables show them. */
export const COMMAND_GROUPS: readonly CommandGroup[] = titles.map((title) => ({
  title,
  ids: COMMAND_IDS.filter((id) => COMMANDS[id].group === title),
}));
