-- When the results of a session are released to candidates, centre by centre: a page of its
-- qualifications that have a date of release, by centre and assessment code. A centre can be named;
-- without one these are all centres'.
--
-- One plan serves with and without CentreId: a range, of one centre or of all that there can be. It
-- is two comparisons, because in a join SQLite looks by the lower end of a BETWEEN alone.

-- How many there are on all pages.
-- row set: page
SELECT count(*) AS Total
FROM CentreResultDate
WHERE SessionId = :SessionId
  AND CentreId >= coalesce(:CentreId, '0')
  AND CentreId <= coalesce(:CentreId, 'ZZZZZ')
  AND ReleaseDateTime IS NOT NULL;

-- Embargoed is 1 while the centre may not see the result, whatever the date.
-- row set: items
SELECT
  '02' AS BusinessStreamId,
  r.SessionId,
  r.CentreId,
  c.CentreName,
  q.QualificationName,
  r.AssessmentCode,
  'release' AS ResultDateType,
  r.ReleaseDateTime AS ResultDateTime,
  r.Embargoed
FROM CentreResultDate AS r
JOIN Centre AS c USING (CentreId)
JOIN Qualification AS q USING (AssessmentCode)
WHERE r.SessionId = :SessionId
  AND r.CentreId >= coalesce(:CentreId, '0')
  AND r.CentreId <= coalesce(:CentreId, 'ZZZZZ')
  AND r.ReleaseDateTime IS NOT NULL
ORDER BY r.CentreId, r.AssessmentCode
LIMIT :Limit OFFSET :Offset;
