import { dateTime, integer, oneOf, optional, procedure, text } from '@ca/stored-procedures'

const session = { businessStreamId: text(2), sessionId: integer() }
const candidate = {
  ...session,
  centreId: text(5),
  candidateNumber: text(4),
  assessmentCode: text(10),
}
const component = { ...candidate, componentId: text(3) }
const resultStatus = oneOf('ISSUED', 'EMBARGOED', 'PENDING', 'WITHHELD')

/** Where a candidate's result stands: one row, or none where there is no such entry. */
export const getCandidateResultStatus = procedure({
  name: 'GetCandidateResultStatus',
  parameters: candidate,
  rowSets: {
    results: { ...candidate, resultStatus, issuedDateTime: optional(dateTime()) },
  },
})

/**
 * What was asked about a component, the earliest first. There is one component, or none where the
 * candidate does not have it.
 */
export const getResultEnquiryStatus = procedure({
  name: 'GetResultEnquiryStatus',
  parameters: component,
  rowSets: {
    component,
    enquiries: {
      enquiryId: integer(),
      serviceType: oneOf('1', '1S', '2', '2S', '2P', '2PS', '3'),
      status: oneOf('RECEIVED', 'IN_PROGRESS', 'COMPLETED', 'WITHDRAWN'),
      requestedDateTime: dateTime(),
      completedDateTime: optional(dateTime()),
      outcome: optional(oneOf('NO_CHANGE', 'MARK_CHANGED', 'GRADE_RAISED', 'GRADE_LOWERED')),
    },
  },
})

/** Where the results of a session's assessments stand: a page of them, by assessment code. */
export const getSessionResultStatus = procedure({
  name: 'GetSessionResultStatus',
  parameters: { ...session, offset: integer(), limit: integer() },
  rowSets: {
    page: { total: integer() },
    items: {
      ...session,
      assessmentCode: text(10),
      resultStatus,
      issuedDateTime: optional(dateTime()),
      releasedDateTime: optional(dateTime()),
    },
  },
})
