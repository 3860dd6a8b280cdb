import type { ReactNode } from "react";
import { describeError } from "@/shared/api/api-error";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";

interface PagedRowsProps<Item> {
  /** A list that is read page by page. */
  list: {
    data: { pages: { items: Item[] }[] } | undefined;
    error: unknown;
    isPending: boolean;
    isSuccess: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  /** What stands there when it has nothing. */
  empty: string;
  row: (item: Item) => ReactNode;
}

/** What was read so far, and a button for more. */
export function PagedRows<Item>({ list, empty, row }: PagedRowsProps<Item>) {
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {list.error ? <FormAlert message={describeError(list.error)} /> : null}
      {list.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
      {list.isSuccess && items.length === 0 ? <p className="text-muted">{empty}</p> : null}
      {items.length > 0 ? <ul className="divide-y divide-line">{items.map(row)}</ul> : null}
      {list.hasNextPage ? (
        <Button
          className="w-full"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </>
  );
}
