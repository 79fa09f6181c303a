import { expect, test } from '@jest/globals'

/** The most items that a contract lets a page have. */
export const largestPage = 2000

type Page<Item> = { page: { total: number }[]; items: Item[] }

/**
 * What holds of every list that comes in pages.
 * @param list `total` is how many items it has, `call` calls its procedure, and `order` is what its
 * items are in order of
 */
export function describePages<Item>(list: {
  total: number
  call: (paging: { offset: number; limit: number }) => Promise<Page<Item>>
  order: (item: Item) => string
}): void {
  const { total, call, order } = list

  test.each([1, 7, 500, largestPage])(
    'answers every item once and in order in pages of %d',
    async (limit) => {
      const first = Math.max(0, total - 10 * limit)
      const given: string[] = []
      for (let offset = first; offset < total; offset += limit) {
        const { page, items } = await call({ offset, limit })
        expect(page).toEqual([{ total }])
        given.push(...items.map(order))
      }
      expect(given).toHaveLength(total - first)
      expect(given).toEqual([...new Set(given)].sort())
    },
  )

  test.each([total, total + 1, 2147483647])(
    'answers an empty page at offset %d',
    async (offset) => {
      expect(await call({ offset, limit: 100 })).toStrictEqual({ page: [{ total }], items: [] })
    },
  )
}
