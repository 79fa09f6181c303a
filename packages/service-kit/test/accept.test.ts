import { describe, expect, test } from '@jest/globals'
import { startSample, told } from './fixtures/sample-service.ts'

const service = await startSample()

describe('an operation that answers in JSON', () => {
  test.each([
    '*/*',
    'application/*',
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;q=0.1, text/html',
    'text/html, image/gif, *; q=.2, */*; q=.2',
  ])('answers who accepts %s', async (accept) => {
    const answer = await service.call({ path: '/v1/orders/latest', headers: { accept } })
    expect([told(answer), answer.headers['content-type']]).toEqual(['200', 'application/json'])
  })

  test.each([
    'text/html',
    'application/pdf',
    'application/xml, text/*',
    'application/json;q=0',
    'application/json;q=0, */*',
    '*/*;q=0',
    'application/json;version=2',
    'garbage',
    ', ,',
    ';',
  ])('refuses who accepts %s, in JSON all the same', async (accept) => {
    const answer = await service.call({ path: '/v1/orders/latest', headers: { accept } })
    expect(told(answer)).toBe('406 60406')
  })

  test('answers who says nothing of it', async () => {
    const connection = await service.connect()
    connection.write(`${service.head('GET /v1/orders/latest')}Accept:\r\n\r\n`)
    expect(told(await connection.answer())).toBe('200')
  })
})

describe('an operation that answers with a document', () => {
  test.each(['application/pdf', '*/*'])('answers who accepts %s', async (accept) => {
    const answer = await service.call({ path: '/v1/orders/7/script', headers: { accept } })
    expect(told(answer)).toBe('200')
  })

  test('refuses who accepts JSON only', async () => {
    const headers = { accept: 'application/json' }
    const answer = await service.call({ path: '/v1/orders/7/script', headers })
    expect(told(answer)).toBe('406 60406')
  })
})
