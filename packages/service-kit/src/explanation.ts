import type { FaultDetail } from '@ca/faults'
import type { ValidationResult } from 'openapi-backend'
import { speakable } from './query.ts'

/** A validator's complaint. */
type ErrorObject = NonNullable<ValidationResult['errors']>[number]

/** The issue of something that had to be there. */
export const missing = 'is missing'

const places: Record<string, FaultDetail['in']> = {
  path: 'path',
  query: 'query',
  header: 'header',
  requestBody: 'body',
}

/**
 * What a validator's complaint says to the caller. It names the place and the rule, never the
 * value: a fault is shown in places where the value could do harm.
 */
export function explain({ instancePath, keyword, params, message }: ErrorObject): FaultDetail {
  const [place = '', ...inside] = instancePath.split('/').slice(1)
  if (keyword === 'required' && place === '') {
    return { in: places[params.missingProperty] ?? 'body', name: 'body', issue: missing }
  }
  const last = params.missingProperty ?? params.additionalProperty
  const name = [...inside, ...(last === undefined ? [] : [last])].join('/')
  return {
    in: places[place] ?? 'body',
    name: name === '' ? 'body' : speakable(name),
    issue: issueOf(keyword, params, message),
  }
}

function issueOf(keyword: string, params: ErrorObject['params'], message?: string): string {
  switch (keyword) {
    case 'required':
      return missing
    case 'additionalProperties':
      return 'is not known'
    case 'enum':
      return `must be one of ${params.allowedValues.join(', ')}`
    case 'pattern':
      return `must match ${params.pattern}`
    case 'minimum':
      return `must be at least ${params.limit}`
    case 'maximum':
      return `must be at most ${params.limit}`
    default:
      return message ?? 'is not as the contract has it'
  }
}
