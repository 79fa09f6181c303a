import { boolean, dateTime, integer, oneOf, optional, procedure, text } from '@ca/stored-procedures'

const ofCentres = {
  sessionId: integer(),
  centreId: optional(text(5)),
  offset: integer(),
  limit: integer(),
}
const page = { total: integer() }

/** The procedures of Interchange, OCR's database. */
export const interchangeProcedures = {
  /**
   * What the centres can enquire about in a qualification group: a page of their entries, by centre
   * and assessment code. `componentIds` are those of the assessment, as `01,02,03`.
   */
  getEnquireServices: procedure({
    name: 'GetEnquireServices',
    parameters: { ...ofCentres, qualificationGroupId: integer() },
    rowSets: {
      page,
      items: {
        businessStreamId: text(2),
        sessionId: integer(),
        sessionName: text(50),
        centreId: text(5),
        centreName: text(100),
        qualificationGroupId: integer(),
        qualificationId: integer(),
        qualificationName: text(100),
        assessmentCode: text(10),
        componentIds: text(200),
        entryCount: integer(),
        issuedDateTime: optional(dateTime()),
        releasedDateTime: optional(dateTime()),
        enquiriesCloseDateTime: optional(dateTime()),
      },
    },
  }),
}

/** The procedures of CI Direct, Cambridge International's database. Seed 002 names both. */
export const ciDirectProcedures = {
  /** When results are issued to the centres. What has no date of issue yet is not there. */
  centreWiseEmbargoInfo: resultDates('CentreWiseEmbargoInfo'),

  /** When results are released to candidates. What has no date of release yet is not there. */
  resultReleaseDateValidation: resultDates('Result_Release_Date_Validation'),
}

/** A page of the centres' qualifications with the date, by centre and assessment code. */
function resultDates(name: string) {
  return procedure({
    name,
    parameters: ofCentres,
    rowSets: {
      page,
      items: {
        businessStreamId: text(2),
        sessionId: integer(),
        centreId: text(5),
        centreName: text(100),
        qualificationName: text(100),
        assessmentCode: text(10),
        resultDateType: oneOf('issue', 'release'),
        resultDateTime: dateTime(),
        embargoed: boolean(),
      },
    },
  })
}
