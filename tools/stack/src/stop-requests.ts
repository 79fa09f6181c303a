import type { EventEmitter } from 'node:events'
import type { Supervision } from './supervisor.ts'

/** What a landscape hears requests to stop from. */
export type Requests = {
  /** The process that gets the signals. */
  readonly signals: EventEmitter
  /** Where it writes to. */
  readonly outputs: readonly EventEmitter[]
  /** The id of the process that started it, if it is to end with that one. */
  readonly parentId?: () => number
  /** The clock, in milliseconds. */
  readonly now?: () => number
}

/**
 * One Ctrl-C can come twice: the terminal sends it to npm and to us, and npm passes its own on.
 * Only what comes later than this is a second one.
 */
const sameKeystrokeMs = 500
const parentPollMs = 250

/**
 * Stops the landscape on Ctrl-C, SIGTERM and SIGHUP, when nobody reads its output any more
 * (`npm start | head`, a closed terminal), and when its parent is gone. A second Ctrl-C or signal
 * does not wait for anything.
 */
export function stopOnRequest(
  { stop, kill }: Pick<Supervision, 'stop' | 'kill'>,
  { signals, outputs, parentId, now = () => performance.now() }: Requests,
): void {
  let firstAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    signals.on(signal, () => {
      firstAt ??= now()
      if (now() - firstAt > sameKeystrokeMs) kill()
      else stop()
    })
  }
  for (const output of outputs) output.on('error', stop)
  if (parentId) stopWithParent(stop, parentId)
}

function stopWithParent(stop: () => void, parentId: () => number): void {
  const parent = parentId()
  const poll = setInterval(() => {
    // an orphan gets another parent
    if (parentId() === parent) return
    clearInterval(poll)
    stop()
  }, parentPollMs)
  poll.unref()
}
