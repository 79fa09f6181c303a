import type { Call } from '@ca/test-kit'

/** The seeds' own example calls, by operation; a script's needs an order first. */
export const calls: Record<string, Call> = {
  getOcrEnquireServices: {
    path: '/v1/businessStreams/01/sessions/3269/enquireServices?qualificationGroupId=1',
  },
  getCiEnquireServicesByRelease: {
    path: '/v1/businessStreams/02/sessions/16884/enquireServices?resultDateType=release&offset=0&limit=100&centreId=1126',
  },
  getCiEnquireServicesByIssue: {
    path: '/v1/businessStreams/02/sessions/16884/enquireServices?resultDateType=issue&centreId=1126',
  },
  createCustomerDirectives: {
    method: 'POST',
    path: '/v1/candidates/scripts',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customerDirectives: [
        {
          businessStreamId: '02',
          sessionId: 14244,
          centreId: '04200',
          candidateNumber: '1804',
          assessmentCode: '0500',
          componentId: '03',
          serviceType: 'ATS',
        },
      ],
    }),
  },
  getCandidateResultStatus: {
    path: '/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500',
  },
  getQpIdentifiers: {
    path: '/v1/businessStreams/02/qpIdentifiers?sessionId=19722&assessmentCode=9239&assessmentVersion=4&componentId=03',
  },
  getResultEnquiryStatus: {
    path: '/v1/businessStream/04/sessions/3229/centres/43319/candidateNumber/8129/assessments/R031/components/02/resultEnquiryStatus',
  },
  getSessionResultStatus: { path: '/v1/businessStream/04/sessions/3229/resultStatus' },
}

/** The operations that need each database. */
export const needsDatabase: Record<string, (keyof typeof calls)[]> = {
  interchange: ['getOcrEnquireServices'],
  'ci-direct': ['getCiEnquireServicesByRelease', 'getCiEnquireServicesByIssue'],
  eps: ['getCandidateResultStatus', 'getResultEnquiryStatus', 'getSessionResultStatus'],
  libs: ['getQpIdentifiers'],
}

/** The operations that need each process, beside the experience API. */
export const needs: Record<string, (keyof typeof calls)[]> = {
  'ca-interchange-sapi': [
    'getOcrEnquireServices',
    'getCiEnquireServicesByRelease',
    'getCiEnquireServicesByIssue',
  ],
  'ca-eps-sapi': ['getCandidateResultStatus', 'getResultEnquiryStatus', 'getSessionResultStatus'],
  'ca-rm-sapi': ['createCustomerDirectives'],
  'ca-libs-sapi': ['getQpIdentifiers'],
  'rm-simulator': ['createCustomerDirectives', 'getCandidateResultStatus'],
}
