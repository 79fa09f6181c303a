import type { ServerResponse } from 'node:http'
import { z } from 'zod'

/** RM's endpoints, as faults and counters name them. */
const endpointNames = [
  'POST /auth/token',
  'POST /scripts',
  'GET /scripts',
  'GET /scripts/pdf',
] as const

export type EndpointName = (typeof endpointNames)[number]

/** Where a fault strikes: before a request is read, before its answer is begun, within the body. */
type Point = 'request' | 'answer' | 'body'

const strikes = {
  // every endpoint where none is named
  on: z.enum(endpointNames).optional(),
  times: z.int().min(1).default(1),
}

const faultForm = z.discriminatedUnion('fault', [
  z.strictObject({
    fault: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfterSeconds: z.int().min(0).max(86_400).optional(),
    at: z.enum(['request', 'answer']).default('request'),
    ...strikes,
  }),
  z
    .strictObject({
      fault: z.enum(['reset', 'close', 'hang']),
      at: z.enum(['request', 'answer', 'body']).default('request'),
      // half of the body where it is left out
      afterBytes: z.int().min(0).optional(),
      ...strikes,
    })
    .refine(({ at, afterBytes }) => at === 'body' || afterBytes === undefined, {
      path: ['afterBytes'],
      message: 'is for faults within the body',
    }),
  z.strictObject({
    fault: z.literal('trickle'),
    pieceBytes: z.int().min(1),
    everyMs: z.int().min(1).max(60_000),
    at: z.literal('body').default('body'),
    ...strikes,
  }),
])

export type Fault = z.infer<typeof faultForm>

/** What can be set at run time. What is left out is as it is at the start. */
export const settingsForm = z.strictObject({
  latencyMs: z.int().min(0).max(600_000).default(0),
  // every script fits into the least; a script is as long as it happens to be where none is set
  pdfBytes: z.int().min(65_536).max(1_073_741_824).optional(),
  faults: z.array(faultForm).max(100).default([]),
})

type Settings = z.infer<typeof settingsForm>

/** What happened at an endpoint. */
type Counts = {
  received: number
  /** Done with success, whether or not the answer arrived: orders made, tokens given. */
  done: number
  /** Answered to the last byte, with success or without. */
  answered: number
  /** Received, and neither answered nor broken off. */
  underWay: number
  /** What went out of answers' bodies, whole or not. */
  bodyBytes: number
}

/** The conditions under which RM works, as somebody who tests against it has set them. */
export type Conditions = {
  readonly settings: Readonly<Settings>
  readonly counts: Readonly<Record<EndpointName, Counts>>
  /** How many requests a fault holds. */
  readonly hanging: number
  set(settings: Settings): void
  /** Ends all faults, lets go on what hangs, and counts from nought. */
  reset(): void
  /** The fault that strikes an endpoint at this point, if any. It is used up by one. */
  take(endpoint: EndpointName, at: Point): Fault | undefined
  /** Holds a request until the caller leaves or `reset` is called. */
  hang(response: ServerResponse): Promise<void>
}

/** Makes the conditions in which nothing is wrong. */
export function createConditions(): Conditions {
  let settings = settingsForm.parse({})
  let counts = nothingCounted()
  const hanging = new Set<() => void>()

  return {
    get settings() {
      return settings
    },
    get counts() {
      return counts
    },
    get hanging() {
      return hanging.size
    },
    set(given) {
      settings = given
    },
    reset() {
      settings = settingsForm.parse({})
      counts = nothingCounted()
      for (const release of hanging) release()
    },
    take(endpoint, at) {
      const fault = settings.faults.find(
        (fault) => fault.at === at && (fault.on ?? endpoint) === endpoint,
      )
      if (fault && --fault.times === 0) settings.faults.splice(settings.faults.indexOf(fault), 1)
      return fault
    },
    async hang(response) {
      if (response.destroyed) return
      await new Promise<void>((resolve) => {
        function release() {
          hanging.delete(release)
          resolve()
        }
        hanging.add(release)
        response.once('close', release)
      })
    },
  }
}

function nothingCounted(): Record<EndpointName, Counts> {
  const nothing = () => ({ received: 0, done: 0, answered: 0, underWay: 0, bodyBytes: 0 })
  return {
    'POST /auth/token': nothing(),
    'POST /scripts': nothing(),
    'GET /scripts': nothing(),
    'GET /scripts/pdf': nothing(),
  }
}
