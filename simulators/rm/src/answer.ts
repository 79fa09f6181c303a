/** What an endpoint answers. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body
}

/** An answer's body, which need not be in memory as a whole. */
export type Body = {
  readonly type: string
  readonly bytes: number
  readonly pieces: Iterable<Uint8Array>
}

/** An answer in JSON. */
export function reply(
  status: number,
  value: object,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const text = Buffer.from(JSON.stringify(value))
  const body = { type: 'application/json; charset=utf-8', bytes: text.length, pieces: [text] }
  return { status, headers, body }
}
