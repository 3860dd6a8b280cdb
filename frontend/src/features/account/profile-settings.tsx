import type { ReactNode } from "react";
import { updateProfile } from "@/entities/account/account";
import { useMe } from "@/entities/session/session-store";
import { Avatar } from "@/shared/ui/avatar";
import { SavedField } from "@/shared/ui/saved-field";
import { Section } from "@/shared/ui/section";
import { EmailState } from "./email-state";
import { ReadSharing } from "./read-sharing";

const MAX_NAME = 150;
const needsText = (value: string) => (value === "" ? "Enter a name" : null);
const since = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

/** How others see me, what they see of my reading, and what I sign in with. */
export function ProfileSettings() {
  const me = useMe();
  return (
    <>
      <Section title="Name" hint="Shown beside everything you write.">
        <div className="flex items-center gap-3">
          <Avatar id={me.id} name={me.display_name} size="lg" />
          <div className="min-w-0">
            <p className="wrap-anywhere font-semibold text-title">{me.display_name}</p>
            <p className="truncate text-muted text-sm">@{me.username}</p>
          </div>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <SavedField
            label="First name"
            value={me.first_name}
            maxLength={MAX_NAME}
            autoComplete="given-name"
            check={needsText}
            onSave={(first_name) => updateProfile({ first_name })}
          />
          <SavedField
            label="Last name"
            value={me.last_name}
            maxLength={MAX_NAME}
            autoComplete="family-name"
            check={needsText}
            onSave={(last_name) => updateProfile({ last_name })}
          />
        </div>
      </Section>
      <Section title="Privacy">
        <ReadSharing />
      </Section>
      <Section title="Account" hint="You sign in with either. Neither can be changed.">
        <dl className="space-y-2 text-sm">
          <Fact name="Username" value={`@${me.username}`} />
          <Fact name="Email" value={me.email} note={<EmailState isVerified={me.email_verified} />} />
          <Fact name="Member since" value={since.format(new Date(me.created_at))} />
        </dl>
      </Section>
    </>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note?: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[9rem_1fr]">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words font-medium">
        {value}
        {note}
      </dd>
    </div>
  );
}
