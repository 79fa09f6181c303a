import { type Answer, type Call, send } from '@ca/test-kit'
import { calls } from './calls.ts'
import type { Question, Target } from './load.ts'

const pages = Array.from(
  { length: 20 },
  (_, offset) => `offset=${offset}&limit=${1 + (offset % 4)}`,
)

const candidates = [
  '02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500',
  '02/sessions/14244/centres/GB413/candidateNumber/1001/assessments/0500',
  '02/sessions/14244/centres/GB412/candidateNumber/1001/assessments/0500',
  '02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0460',
  '02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0430',
  '02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0490',
  '02/sessions/14244/centres/04200/candidateNumber/1805/assessments/0500',
  '04/sessions/3229/centres/43319/candidateNumber/8129/assessments/R031',
]

const components = [
  '8129/assessments/R031/components/01',
  '8129/assessments/R031/components/02',
  '8130/assessments/R031/components/01',
  '8130/assessments/R031/components/02',
]

/** Many calls of each operation that reads. */
const reads: Record<string, string[]> = {
  getOcrEnquireServices: pages.map(
    (page) => `/v1/businessStreams/01/sessions/3269/enquireServices?qualificationGroupId=1&${page}`,
  ),
  getCiEnquireServicesByRelease: pages.map(
    (page) =>
      `/v1/businessStreams/02/sessions/16884/enquireServices?resultDateType=release&${page}`,
  ),
  getCiEnquireServicesByIssue: pages.map(
    (page) => `/v1/businessStreams/02/sessions/16884/enquireServices?resultDateType=issue&${page}`,
  ),
  getQpIdentifiers: pages.map(
    (page) => `/v1/businessStreams/02/qpIdentifiers?sessionId=19722&assessmentCode=0500&${page}`,
  ),
  getSessionResultStatus: pages.map(
    (page) => `/v1/businessStream/04/sessions/3229/resultStatus?${page}`,
  ),
  getCandidateResultStatus: candidates.map(
    (key) => `/v1/candidates/resultStatus/businessStream/${key}`,
  ),
  getResultEnquiryStatus: components.map(
    (key) =>
      `/v1/businessStream/04/sessions/3229/centres/43319/candidateNumber/${key}/resultEnquiryStatus`,
  ),
}

/**
 * Asks once for each answer that a load will ask for, in a calm hour, and checks that no two are
 * alike: so one that goes to the wrong caller is seen.
 * @param operations those to ask for. Default: all that read, scripts included
 */
export async function learn(target: Target, operations?: string[]): Promise<Question[]> {
  const wanted = operations ?? [...Object.keys(reads), 'getScriptPdf']
  const questions: Question[] = []
  const known = new Set<string>()
  for (const operation of wanted) {
    const paths = operation === 'getScriptPdf' ? await scripts(target) : (reads[operation] ?? [])
    for (const path of paths) {
      const { status, text } = await once(target, { path })
      if (status !== 200 || known.has(text))
        throw new Error(`${path} is of no use: ${status} ${text}`)
      known.add(text)
      questions.push({
        operation,
        call: { path },
        text,
        isRight: (body) => body.toString() === text,
      })
    }
  }
  return questions
}

async function scripts(target: Target): Promise<string[]> {
  const next = orders()
  const answers = await Promise.all(Array.from({ length: 4 }, () => once(target, next().call)))
  return answers.map(({ body }) => {
    const { customerDirectives } = body as { customerDirectives: { docStorePageIds: string[] }[] }
    return `/v1/candidates/scripts/pdf/${customerDirectives[0]?.docStorePageIds[0]}`
  })
}

function once(target: Target, call: Call): Promise<Answer> {
  const headers = { ...target.headers, 'x-transaction-id': 'calm-hour', ...call.headers }
  return send(target.url, { ...call, headers }, target.ca)
}

/**
 * Orders, each for another candidate. RM gives every order an id of its own, so the same id twice is
 * the answer to somebody else's.
 */
export function orders(): () => Question {
  const { body: sample = '', ...call } = calls.createCustomerDirectives as Call
  const [directive] = JSON.parse(sample.toString()).customerDirectives
  const candidateOf = new Map<string, string>()
  let made = 0
  return () => {
    made += 1
    const ordered = {
      ...directive,
      candidateNumber: String(1000 + (made % 7000)),
      assessmentCode: `A${made}`.padEnd(4, 'X'),
    }
    return {
      operation: 'createCustomerDirectives',
      call: { ...call, body: JSON.stringify({ customerDirectives: [ordered] }) },
      isRight(body) {
        const [{ directiveId, status, docStorePageIds, ...keys }] = JSON.parse(
          body.toString(),
        ).customerDirectives
        const known = candidateOf.get(directiveId) ?? ordered.assessmentCode
        candidateOf.set(directiveId, ordered.assessmentCode)
        return (
          known === ordered.assessmentCode &&
          status === 'AVAILABLE' &&
          docStorePageIds.length > 0 &&
          Object.entries(ordered).every(([name, value]) => keys[name] === value)
        )
      },
    }
  }
}

/** All operations in turn, and each one's questions in turn. */
export function inTurn(...sources: (() => Question)[]): () => Question {
  let asked = 0
  return () => {
    const source = sources[asked++ % sources.length] as () => Question
    return source()
  }
}

/** Those of each operation in turn. */
export function byOperation(questions: readonly Question[]): (() => Question)[] {
  const operations = [...new Set(questions.map(({ operation }) => operation))]
  return operations.map((operation) => {
    const own = questions.filter((question) => question.operation === operation)
    return inTurn(...own.map((question) => () => question))
  })
}
