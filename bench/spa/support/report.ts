/** Prints the figures as a table, and writes them to bench/results with commit and machine. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { resolve } from "node:path";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { FIGURE, type Figure } from "./figure";

const RESULTS = resolve(import.meta.dirname, "../../results/spa.json");

const isMet = ({ found, budget }: Figure) => found <= budget;
const written = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const out = (line: string) => process.stdout.write(`${line}\n`);

function row(figure: Figure): string {
  const { what, slowdown, unit, budget, found, of } = figure;
  const spread = of ? ` (${of.taken} of ${of.count}, ${written(of.least)} to ${written(of.most)})` : "";
  const columns = [
    what,
    `${slowdown}×`,
    `≤ ${written(budget)} ${unit}`,
    `${written(found)}${spread}`,
    isMet(figure) ? "yes" : "no",
  ];
  return `| ${columns.join(" | ")} |`;
}

export default class Report implements Reporter {
  private readonly figures: Figure[] = [];
  /** What else this machine had to do. */
  private loadBefore = Number.NaN;

  onBegin() {
    this.loadBefore = loadavg()[0] ?? Number.NaN;
    out("| what | CPU | budget | found | met |\n|---|---|---|---|---|");
  }

  onTestEnd(test: TestCase, result: TestResult) {
    for (const { name, body } of result.attachments) {
      if (name !== FIGURE || !body) continue;
      const figure = JSON.parse(body.toString()) as Figure;
      this.figures.push(figure);
      out(row(figure));
    }
    if (result.status !== "passed") out(`\n${test.title}: ${result.error?.message ?? result.status}\n`);
  }

  onEnd() {
    const facts = {
      commit: execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim(),
      machine: cpus()[0]?.model,
      cores: cpus().length,
      load_before: this.loadBefore,
      server: process.env["DEVSCHAT_BIN"]?.includes("/release/") ? "release" : "debug",
      figures: this.figures.map((figure) => ({ ...figure, met: isMet(figure) })),
    };
    mkdirSync(resolve(RESULTS, ".."), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(facts, null, 2)}\n`);
    out(
      `\n${facts.server} server, load ${written(this.loadBefore)} before; written to bench/results/spa.json`,
    );
  }
}
