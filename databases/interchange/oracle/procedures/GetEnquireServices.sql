-- What the centres of a session can enquire about in a qualification group: a page of their
-- entries, by centre and assessment code. A centre can be named; without one these are all of them.
--
-- One plan serves with and without CentreId: a range, of one centre or of all that there can be.
-- Codes are put in order byte by byte, whatever the language of whoever asks. A moment leaves with
-- its zone, which the columns have not.
CREATE OR REPLACE PROCEDURE GetEnquireServices (
  SessionId            IN  NUMBER,
  CentreId             IN  VARCHAR2,
  Offset               IN  NUMBER,
  Limit                IN  NUMBER,
  QualificationGroupId IN  NUMBER,
  Page                 OUT SYS_REFCURSOR,
  Items                OUT SYS_REFCURSOR
)
AS
BEGIN
  -- How many there are on all pages.
  OPEN Page FOR
    SELECT COUNT(*) AS Total
    FROM CentreEntry e
    WHERE e.SessionId = GetEnquireServices.SessionId
      AND e.QualificationGroupId = GetEnquireServices.QualificationGroupId
      AND e.CentreId BETWEEN NVL(GetEnquireServices.CentreId, '0')
        AND NVL(GetEnquireServices.CentreId, 'ZZZZZ');

  -- ComponentIds are those of the assessment, in order, with a comma between two. IssuedDateTime is
  -- null until the result is issued, ReleasedDateTime until it is released, EnquiriesCloseDateTime
  -- until it is issued and where no enquiries are taken.
  OPEN Items FOR
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
        SELECT LISTAGG(p.ComponentId, ',')
          WITHIN GROUP (ORDER BY NLSSORT(p.ComponentId, 'NLS_SORT=BINARY'))
        FROM Component p
        WHERE p.SessionId = e.SessionId AND p.AssessmentCode = e.AssessmentCode
      ) AS ComponentIds,
      e.EntryCount,
      FROM_TZ(a.IssuedDateTime, '+00:00') AS IssuedDateTime,
      FROM_TZ(a.ReleasedDateTime, '+00:00') AS ReleasedDateTime,
      FROM_TZ(a.EnquiriesCloseDateTime, '+00:00') AS EnquiriesCloseDateTime
    FROM CentreEntry e
    JOIN ExamSession s ON s.SessionId = e.SessionId
    JOIN Centre c ON c.CentreId = e.CentreId
    JOIN SessionAssessment a
      ON a.SessionId = e.SessionId AND a.AssessmentCode = e.AssessmentCode
    JOIN Qualification q ON q.QualificationId = a.QualificationId
    WHERE e.SessionId = GetEnquireServices.SessionId
      AND e.QualificationGroupId = GetEnquireServices.QualificationGroupId
      AND e.CentreId BETWEEN NVL(GetEnquireServices.CentreId, '0')
        AND NVL(GetEnquireServices.CentreId, 'ZZZZZ')
    ORDER BY
      NLSSORT(e.CentreId, 'NLS_SORT=BINARY'),
      NLSSORT(e.AssessmentCode, 'NLS_SORT=BINARY')
    OFFSET GetEnquireServices.Offset ROWS
    FETCH NEXT GetEnquireServices.Limit ROWS ONLY;
END GetEnquireServices;
/
