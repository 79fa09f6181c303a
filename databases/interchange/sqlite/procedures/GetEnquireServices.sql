-- What the centres of a session can enquire about in a qualification group: a page of their
-- entries, by centre and assessment code. A centre can be named; without one these are all of them.
--
-- One plan serves with and without CentreId: a range, of one centre or of all that there can be. It
-- is two comparisons, because in a join SQLite looks by the lower end of a BETWEEN alone.

-- How many there are on all pages.
-- row set: page
SELECT count(*) AS Total
FROM CentreEntry
WHERE SessionId = :SessionId
  AND QualificationGroupId = :QualificationGroupId
  AND CentreId >= coalesce(:CentreId, '0')
  AND CentreId <= coalesce(:CentreId, 'ZZZZZ');

-- ComponentIds are those of the assessment, in order, with a comma between two. IssuedDateTime is
-- null until the result is issued, ReleasedDateTime until it is released, EnquiriesCloseDateTime
-- until it is issued and where no enquiries are taken.
-- row set: items
SELECT
  '01' AS BusinessStreamId,
  e.SessionId,
  s.SessionName,
  e.CentreId,
  c.CentreName,
  e.QualificationGroupId,
  a.QualificationId,
  q.QualificationName,
  e.AssessmentCode,
  (
    SELECT group_concat(ComponentId, ',' ORDER BY ComponentId)
    FROM Component AS p
    WHERE p.SessionId = e.SessionId AND p.AssessmentCode = e.AssessmentCode
  ) AS ComponentIds,
  e.EntryCount,
  a.IssuedDateTime,
  a.ReleasedDateTime,
  a.EnquiriesCloseDateTime
FROM CentreEntry AS e
JOIN ExamSession AS s USING (SessionId)
JOIN Centre AS c USING (CentreId)
JOIN SessionAssessment AS a USING (SessionId, AssessmentCode)
JOIN Qualification AS q USING (QualificationId)
WHERE e.SessionId = :SessionId
  AND e.QualificationGroupId = :QualificationGroupId
  AND e.CentreId >= coalesce(:CentreId, '0')
  AND e.CentreId <= coalesce(:CentreId, 'ZZZZZ')
ORDER BY e.CentreId, e.AssessmentCode
LIMIT :Limit OFFSET :Offset;
