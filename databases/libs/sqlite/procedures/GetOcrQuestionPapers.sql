-- The question papers of an assessment of OCR: a page of them, by version, component and what LIBS
-- calls the paper. A version and a component can be named; without one these are all.
--
-- One plan serves with and without AssessmentVersion: a range, of one version or of all that there
-- can be. It is two comparisons, because in a join SQLite looks by the lower end of a BETWEEN
-- alone. ComponentId only picks from these: an assessment seldom has more than a few dozen papers.

-- How many there are on all pages.
-- row set: page
SELECT count(*) AS Total
FROM OcrQuestionPaper
WHERE SessionId = :SessionId
  AND AssessmentCode = :AssessmentCode
  AND AssessmentVersion >= coalesce(:AssessmentVersion, '0')
  AND AssessmentVersion <= coalesce(:AssessmentVersion, 'ZZZ')
  AND ComponentId = coalesce(:ComponentId, ComponentId);

-- Duration is in minutes.
-- row set: items
SELECT
  BusinessStreamId,
  SessionId,
  AssessmentCode,
  AssessmentVersion,
  ComponentId,
  QpIdentifier,
  Title,
  Duration
FROM OcrQuestionPaper
WHERE SessionId = :SessionId
  AND AssessmentCode = :AssessmentCode
  AND AssessmentVersion >= coalesce(:AssessmentVersion, '0')
  AND AssessmentVersion <= coalesce(:AssessmentVersion, 'ZZZ')
  AND ComponentId = coalesce(:ComponentId, ComponentId)
ORDER BY AssessmentVersion, ComponentId, QpIdentifier
LIMIT :Limit OFFSET :Offset;
