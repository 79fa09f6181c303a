import { Readable } from 'node:stream'
import {
  type ContractName,
  type ContractOperationsOf,
  contract,
  type Operations,
  reply,
} from '@ca/contracts'
import { newSecret } from '@ca/service-kit/clients'
import { type Served, serve, serveOperations } from '@ca/test-kit'
import { createResultsXapi } from '../src/main.ts'

type OperationsOf<Name extends ContractName> = Operations<ContractOperationsOf<Name>>

type SystemApis = {
  'ca-interchange-sapi': OperationsOf<'ca-interchange-sapi'>
  'ca-eps-sapi': OperationsOf<'ca-eps-sapi'>
  'ca-rm-sapi': OperationsOf<'ca-rm-sapi'>
  'ca-libs-sapi': OperationsOf<'ca-libs-sapi'>
}

export type SystemApiName = keyof SystemApis

type Overrides = { [Name in SystemApiName]?: Partial<SystemApis[Name]> }

export const scriptBytes = Buffer.from('%PDF-1.7 the bytes of a script %%EOF')

/** System APIs whose answers repeat the request, so that a part of it that got lost shows. */
export const echo: SystemApis = {
  'ca-interchange-sapi': {
    getOcrEnquireServices: ({ params, query: { offset, limit, ...filter } }) => ({
      items: [
        {
          businessStreamId: '01',
          ...params,
          sessionName: 'June 2025',
          centreId: '10101',
          centreName: 'Ashford Academy',
          qualificationId: 4711,
          qualificationName: 'GCSE Mathematics',
          assessmentCode: 'J560',
          componentIds: ['01'],
          entryCount: 1,
          ...filter,
        },
      ],
      page: { offset, limit, total: 1 },
    }),
    getCiEnquireServices: ({ params, query: { offset, limit, ...filter } }) => ({
      items: [
        {
          businessStreamId: '02',
          ...params,
          centreId: '1126',
          centreName: 'Colegio São Bento',
          qualificationName: 'Mathematics',
          assessmentCode: '0580',
          resultDateTime: '2026-01-15T06:00:00Z',
          embargoed: false,
          ...filter,
        },
      ],
      page: { offset, limit, total: 1 },
    }),
  },
  'ca-eps-sapi': {
    getCandidateResultStatus: ({ params }) => ({ ...params, resultStatus: 'PENDING' }),
    getResultEnquiryStatus: ({ params }) => ({ ...params, enquiries: [] }),
    getSessionResultStatus: ({ params, query }) => ({
      items: [{ ...params, assessmentCode: 'R031', resultStatus: 'PENDING' }],
      page: { ...query, total: 1 },
    }),
  },
  'ca-rm-sapi': {
    createCustomerDirectives: ({ body }) =>
      reply(
        201,
        {
          customerDirectives: body.customerDirectives.map((directive) => ({
            directiveId: 'D-1',
            status: 'ACCEPTED' as const,
            docStorePageIds: [],
            ...directive,
          })),
        },
        { 'Idempotent-Replay': 'true' },
      ),
    getScriptPdf: () =>
      reply(200, Readable.from([scriptBytes]), {
        'Content-Type': 'application/pdf',
        'Content-Length': String(scriptBytes.length),
      }),
  },
  'ca-libs-sapi': {
    getQpIdentifiers: ({ params, query: { offset, limit, ...filter } }) => ({
      items: [
        {
          ...params,
          assessmentVersion: '1',
          componentId: '01',
          qpIdentifier: 'QP',
          title: 'A paper',
          duration: 90,
          ...filter,
        },
      ],
      page: { offset, limit, total: 1 },
    }),
  },
}

/** Starts the Results API over stand-ins for its system APIs. */
export async function startLandscape(overrides: Overrides = {}, answerWithinMs = 10_000) {
  const secret = newSecret()
  const start = <Name extends SystemApiName>(name: Name) =>
    serveOperations(contract(name), { ...echo[name], ...overrides[name] } as OperationsOf<Name>, {
      secret,
    })
  const systemApis: Record<SystemApiName, Served> = {
    'ca-interchange-sapi': await start('ca-interchange-sapi'),
    'ca-eps-sapi': await start('ca-eps-sapi'),
    'ca-rm-sapi': await start('ca-rm-sapi'),
    'ca-libs-sapi': await start('ca-libs-sapi'),
  }
  const xapi = await serve(contract('ca-results-xapi'), (settings) =>
    createResultsXapi({
      ...settings,
      ANSWER_WITHIN_MS: answerWithinMs,
      TLS: 'off',
      INTERCHANGE_SAPI_URL: systemApis['ca-interchange-sapi'].url,
      EPS_SAPI_URL: systemApis['ca-eps-sapi'].url,
      RM_SAPI_URL: systemApis['ca-rm-sapi'].url,
      LIBS_SAPI_URL: systemApis['ca-libs-sapi'].url,
      SAPI_CLIENT_ID: 'test-client',
      SAPI_CLIENT_SECRET: secret,
    }),
  )
  const stop = async () => {
    for (const service of [xapi, ...Object.values(systemApis)]) await service.stop()
  }
  return { xapi, systemApis, stop }
}
