import { createHash } from 'node:crypto'

/** What a script is known by: a candidate's answers to one component. */
export type ScriptKeys = {
  readonly businessStreamId: string
  readonly sessionId: number
  readonly centreId: string
  readonly candidateNumber: string
  readonly assessmentCode: string
  readonly componentId: string
}

/** Whether RM knows the candidate: those numbered 0000 and from 9000 on do not exist. */
export function candidateExists({ candidateNumber }: ScriptKeys): boolean {
  return candidateNumber !== '0000' && candidateNumber < '9000'
}

/**
 * The stored scripts of a candidate that exists: one, or two where the candidate's number ends in
 * 0, who needed a second booklet. Those numbered 8900 to 8999 have none yet.
 *
 * The same script has the same id in whatever order. The id tells nobody whose script it is: it
 * stands in addresses.
 */
export function docStorePageIds(keys: ScriptKeys): string[] {
  const { candidateNumber } = keys
  if (candidateNumber >= '8900') return []
  const parts = [
    keys.businessStreamId,
    keys.sessionId,
    keys.centreId,
    candidateNumber,
    keys.assessmentCode,
    keys.componentId,
  ]
  const script = createHash('sha256').update(parts.join('/')).digest('base64url').slice(0, 22)
  const booklets = candidateNumber.endsWith('0') ? 2 : 1
  return Array.from({ length: booklets }, (_, index) => `SC-${script}-${index + 1}`)
}
