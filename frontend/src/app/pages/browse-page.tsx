import { Link } from "@tanstack/react-router";
import { ArrowLeft, Compass } from "lucide-react";
import { RoomDirectory } from "@/features/browse/room-directory";
import { useTitle } from "@/shared/lib/use-title";

export default function BrowsePage() {
  useTitle("Browse rooms");
  return (
    <>
      <header className="flex h-14 flex-none items-center gap-2.5 border-line border-b px-(--gutter) max-md:px-1.5">
        <Link to="/" aria-label="Back to rooms" className="icon-button md:hidden">
          <ArrowLeft size={20} />
        </Link>
        <Compass size={18} className="text-muted" aria-hidden="true" />
        <h1 className="font-semibold text-title">Browse rooms</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto bg-bg">
        <RoomDirectory />
      </div>
    </>
  );
}
