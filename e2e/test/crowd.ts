/**
 * The process of a crowd (`crowds.ts`): it asks from so many connections as it is told to, says every
 * 100 ms what has come of it so far, and ends when it is told so or its parent is gone.
 */
import type { CrowdNews, CrowdOrder, Told } from './crowds.ts'
import { Load } from './load.ts'
import { inTurn } from './questions.ts'

const loads: Load[] = []
const told: Told = {}
const counts: CrowdNews['counts'] = {}

function gather({ target, questions, connections, name }: CrowdOrder): void {
  const asked = questions.map(({ operation, path, text }) => () => ({
    operation,
    call: { path },
    isRight: (body: Buffer) => body.toString() === text,
  }))
  const load = new Load({
    target,
    next: inTurn(...asked),
    lanes: connections,
    name: `${name}-${loads.length}`,
    // on a machine that is at its end, connections alone may take that long
    answerWithinMs: 30_000,
    onOutcome({ question, told: what, tookMs }) {
      const key = `${question.operation} ${what}`
      told[key] ??= []
      told[key].push(Math.round(tookMs))
      counts[key] = told[key].length
    },
  })
  loads.push(load)
}

async function disperse(): Promise<void> {
  clearInterval(news)
  await Promise.all(loads.map((load) => load.end()))
  process.send?.({ counts, told } satisfies CrowdNews, () => process.disconnect())
}

// where the parent is gone, its channel's end comes next
const say = () => process.send?.({ counts } satisfies CrowdNews, () => {})
const news = setInterval(say, 100)
process.on('message', (order: CrowdOrder | 'disperse') => {
  if (order === 'disperse') void disperse()
  else gather(order)
})
process.on('disconnect', () => process.exit())
