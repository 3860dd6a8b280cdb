import { Link } from "@tanstack/react-router";
import { CircleSlash } from "lucide-react";
import { useTitle } from "@/shared/lib/use-title";
import { EmptyState } from "@/shared/ui/empty-state";

/** An address that leads nowhere. */
export default function NotFoundPage() {
  useTitle("Not found");
  return (
    <main className="grid h-full place-items-center bg-surface">
      <EmptyState isPage icon={CircleSlash} title="There is no such page">
        <p>The address may be mistyped, or what was there is gone.</p>
        <Link to="/" className="font-medium text-accent underline">
          To DevsChat
        </Link>
      </EmptyState>
    </main>
  );
}
