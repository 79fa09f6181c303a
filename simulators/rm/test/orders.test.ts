import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openOrders } from '../src/orders.ts'
import { ask, directive, makeOrder, ordersOf, startSimulator } from './fixtures/simulator.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rm-orders-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

test('orders and their scripts are there after a restart, and numbers go on', async () => {
  const ordersFile = join(folder, 'a folder that is made', 'orders.db')
  const before = await startSimulator({ ordersFile })
  const order = await makeOrder(before, 'kept', [directive(), directive({ componentId: '04' })])
  const [
    {
      docStorePageIds: [id],
    } = { docStorePageIds: [] },
  ] = order.customerDirectives
  const scriptBefore = await (await ask(before, `/scripts/pdf/${id}`)).bytes()
  await before.stop()

  const after = await startSimulator({ ordersFile })
  const found = await ordersOf(after, 'kept')
  const next = await makeOrder(after, 'kept')
  const scriptAfter = await (await ask(after, `/scripts/pdf/${id}`)).bytes()
  await after.stop()

  expect(found).toEqual([order])
  expect(next.customerDirectives[0]?.directiveId).toMatch(/-000002-1$/)
  expect(Buffer.from(scriptAfter).equals(scriptBefore)).toBe(true)
})

test('orders without a file end with the simulator', async () => {
  const before = await startSimulator()
  await makeOrder(before, 'not-kept')
  await before.stop()

  const after = await startSimulator()
  const found = await ordersOf(after, 'not-kept')
  await after.stop()

  expect(found).toEqual([])
})

test('a file that holds something else is named', () => {
  const file = join(folder, 'orders.db')
  writeFileSync(
    file,
    'These are no orders, and they are longer than a header of SQLite. '.repeat(20),
  )

  expect(() => openOrders(file)).toThrow(`the orders in ${file} cannot be opened: `)
})
