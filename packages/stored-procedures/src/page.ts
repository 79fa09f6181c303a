/** Which part of a list is asked for. */
export type Paging = { offset: number; limit: number }

/** One page of a list, and where it lies among all. */
export type Page<Item> = { items: Item[]; page: Paging & { total: number } }

/**
 * Makes a page of what a paging procedure answers with: a row set `page` with the number of all
 * items, and a row set `items`.
 */
export function pageOf<Item>(
  { page, items }: { page: { total: number }[]; items: Item[] },
  { offset, limit }: Paging,
): Page<Item> {
  return { items, page: { offset, limit, total: page[0]?.total ?? 0 } }
}
