import { integer, optional, procedure, text } from '@ca/stored-procedures'

/** The question papers of an assessment of OCR, business stream 01. */
export const getOcrQuestionPapers = getQuestionPapers('GetOcrQuestionPapers')

/** The question papers of an assessment of Cambridge International, business stream 02. */
export const getCiQuestionPapers = getQuestionPapers('GetCiQuestionPapers')

/**
 * A page of question papers, by version, component and identifier. There is a procedure for each
 * business stream, because LIBS has a view for each. `duration` is in minutes.
 */
function getQuestionPapers(name: string) {
  const assessment = { sessionId: integer(), assessmentCode: text(10) }
  return procedure({
    name,
    parameters: {
      ...assessment,
      assessmentVersion: optional(text(3)),
      componentId: optional(text(3)),
      offset: integer(),
      limit: integer(),
    },
    rowSets: {
      page: { total: integer() },
      items: {
        businessStreamId: text(2),
        ...assessment,
        assessmentVersion: text(3),
        componentId: text(3),
        qpIdentifier: text(30),
        title: text(200),
        duration: integer(),
      },
    },
  })
}
