// Generated from openapi/ by `npm run contracts`. Changes belong there.
export interface paths {
    "/v1/businessStreams/01/sessions/{sessionId}/enquireServices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What OCR's centres can enquire about */
        get: operations["getOcrEnquireServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/businessStreams/02/sessions/{sessionId}/enquireServices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When Cambridge International's results are issued or released */
        get: operations["getCiEnquireServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/candidates/scripts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Order candidates' scripts */
        post: operations["createCustomerDirectives"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/candidates/scripts/pdf/{docStorePageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch a script */
        get: operations["getScriptPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/candidates/resultStatus/businessStream/{businessStreamId}/sessions/{sessionId}/centres/{centreId}/candidateNumber/{candidateNumber}/assessments/{assessmentCode}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a candidate's result stands */
        get: operations["getCandidateResultStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/businessStream/{businessStreamId}/sessions/{sessionId}/centres/{centreId}/candidateNumber/{candidateNumber}/assessments/{assessmentCode}/components/{componentId}/resultEnquiryStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked about a component of a candidate's result */
        get: operations["getResultEnquiryStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/businessStream/{businessStreamId}/sessions/{sessionId}/resultStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the results of a session's assessments stand */
        get: operations["getSessionResultStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/businessStreams/{businessStreamId}/qpIdentifiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which question papers there are */
        get: operations["getQpIdentifiers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description An exam series.
         * @example 14244
         */
        SessionId: number;
        QualificationGroupId: number;
        /**
         * @description The school or test centre, leading zeros kept.
         * @example 04200
         */
        CentreId: string;
        TransactionId: string;
        /**
         * @description An awarding body's line of business, such as `01` (OCR) and `02` (Cambridge International).
         * @example 02
         */
        BusinessStreamId: string;
        /**
         * @description A syllabus or unit.
         * @example 0500
         */
        AssessmentCode: string;
        /**
         * @description A paper of an assessment.
         * @example 03
         */
        ComponentId: string;
        /**
         * Format: date-time
         * @description A moment in UTC.
         * @example 2026-08-13T05:00:00Z
         */
        Instant: string;
        OcrEnquireService: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            sessionName: string;
            centreId: components["schemas"]["CentreId"];
            centreName: string;
            qualificationGroupId: components["schemas"]["QualificationGroupId"];
            qualificationId: number;
            qualificationName: string;
            assessmentCode: components["schemas"]["AssessmentCode"];
            componentIds: components["schemas"]["ComponentId"][];
            /** @description How many of the centre's candidates entered. */
            entryCount: number;
            issuedDateTime?: components["schemas"]["Instant"];
            releasedDateTime?: components["schemas"]["Instant"];
            enquiriesCloseDateTime?: components["schemas"]["Instant"];
        };
        Page: {
            offset: number;
            limit: number;
            /** @description The number of items on all pages. */
            total: number;
        };
        FaultDetail: {
            /** @enum {string} */
            in: "path" | "query" | "header" | "body";
            name: string;
            issue: string;
        };
        Fault: {
            /** @enum {string} */
            errorCode: "60001" | "60002" | "60003" | "60004" | "70401" | "70402" | "70405" | "70403" | "70404" | "60405" | "60406" | "60413" | "60415" | "60429" | "60006" | "60501" | "70503" | "70504";
            errorMessage: string;
            transactionId: components["schemas"]["TransactionId"];
            /** @description What in the request to mend, where that helps. */
            details?: components["schemas"]["FaultDetail"][];
        };
        /**
         * @description A result is issued to centres and released to candidates later.
         * @enum {string}
         */
        ResultDateType: "issue" | "release";
        CiEnquireService: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            centreId: components["schemas"]["CentreId"];
            centreName: string;
            qualificationName: string;
            assessmentCode: components["schemas"]["AssessmentCode"];
            resultDateType: components["schemas"]["ResultDateType"];
            resultDateTime: components["schemas"]["Instant"];
            /** @description Whether an embargo keeps the result from this centre for now. */
            embargoed: boolean;
        };
        /**
         * @description Four digits within a centre and session.
         * @example 1804
         */
        CandidateNumber: string;
        /**
         * @description ATS: a copy to support teaching. ATSR: one to decide on a review.
         * @enum {string}
         */
        ScriptServiceType: "ATS" | "ATSR";
        CustomerDirectiveRequest: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            centreId: components["schemas"]["CentreId"];
            candidateNumber: components["schemas"]["CandidateNumber"];
            assessmentCode: components["schemas"]["AssessmentCode"];
            componentId: components["schemas"]["ComponentId"];
            serviceType: components["schemas"]["ScriptServiceType"];
        };
        DocStorePageId: string;
        CustomerDirective: {
            /** @description What RM calls the directive. */
            directiveId: string;
            /**
             * @description AVAILABLE: its scripts can be fetched. ACCEPTED: they will be there later.
             * @enum {string}
             */
            status: "ACCEPTED" | "AVAILABLE";
            docStorePageIds: components["schemas"]["DocStorePageId"][];
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            centreId: components["schemas"]["CentreId"];
            candidateNumber: components["schemas"]["CandidateNumber"];
            assessmentCode: components["schemas"]["AssessmentCode"];
            componentId: components["schemas"]["ComponentId"];
            serviceType: components["schemas"]["ScriptServiceType"];
        };
        /**
         * @description ISSUED: centres have it. EMBARGOED: it exists and may not be seen yet. PENDING: it does not exist yet. WITHHELD: it exists and is kept back.
         * @enum {string}
         */
        ResultStatus: "ISSUED" | "EMBARGOED" | "PENDING" | "WITHHELD";
        CandidateResultStatus: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            centreId: components["schemas"]["CentreId"];
            candidateNumber: components["schemas"]["CandidateNumber"];
            assessmentCode: components["schemas"]["AssessmentCode"];
            resultStatus: components["schemas"]["ResultStatus"];
            issuedDateTime?: components["schemas"]["Instant"];
        };
        ResultEnquiry: {
            enquiryId: number;
            /**
             * @description 1 clerical re-check, 2 review of marking, 2P the same with priority, 3 review of moderation; S adds a copy of the script.
             * @enum {string}
             */
            serviceType: "1" | "1S" | "2" | "2S" | "2P" | "2PS" | "3";
            /** @enum {string} */
            status: "RECEIVED" | "IN_PROGRESS" | "COMPLETED" | "WITHDRAWN";
            requestedDateTime: components["schemas"]["Instant"];
            completedDateTime?: components["schemas"]["Instant"];
            /** @enum {string} */
            outcome?: "NO_CHANGE" | "MARK_CHANGED" | "GRADE_RAISED" | "GRADE_LOWERED";
        };
        /** @description Empty enquiries where nothing was asked about the component. */
        ResultEnquiryStatus: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            centreId: components["schemas"]["CentreId"];
            candidateNumber: components["schemas"]["CandidateNumber"];
            assessmentCode: components["schemas"]["AssessmentCode"];
            componentId: components["schemas"]["ComponentId"];
            enquiries: components["schemas"]["ResultEnquiry"][];
        };
        AssessmentResultStatus: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            assessmentCode: components["schemas"]["AssessmentCode"];
            resultStatus: components["schemas"]["ResultStatus"];
            issuedDateTime?: components["schemas"]["Instant"];
            releasedDateTime?: components["schemas"]["Instant"];
        };
        SessionResultStatus: {
            items: components["schemas"]["AssessmentResultStatus"][];
            page: components["schemas"]["Page"];
        };
        AssessmentVersion: string;
        QuestionPaper: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            assessmentCode: components["schemas"]["AssessmentCode"];
            assessmentVersion: components["schemas"]["AssessmentVersion"];
            componentId: components["schemas"]["ComponentId"];
            /** @description What LIBS calls the paper. */
            qpIdentifier: string;
            title: string;
            /** @description In minutes. */
            duration: number;
        };
    };
    responses: {
        /** @description One page of the centres' results that can be enquired about. */
        OcrEnquireServices: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "businessStreamId": "01",
                 *           "sessionId": 3269,
                 *           "sessionName": "June 2025",
                 *           "centreId": "10110",
                 *           "centreName": "Ashford Academy",
                 *           "qualificationGroupId": 1,
                 *           "qualificationId": 4506,
                 *           "qualificationName": "A Level Computer Science",
                 *           "assessmentCode": "H402",
                 *           "componentIds": [
                 *             "01",
                 *             "02",
                 *             "03"
                 *           ],
                 *           "entryCount": 1,
                 *           "issuedDateTime": "2025-08-14T05:00:00Z",
                 *           "releasedDateTime": "2025-08-21T07:00:00Z",
                 *           "enquiriesCloseDateTime": "2025-09-25T22:59:59Z"
                 *         }
                 *       ],
                 *       "page": {
                 *         "offset": 0,
                 *         "limit": 100,
                 *         "total": 1
                 *       }
                 *     }
                 */
                "application/json": {
                    items: components["schemas"]["OcrEnquireService"][];
                    page: components["schemas"]["Page"];
                };
            };
        };
        /** @description The request is wrong in a way that its sender can mend. */
        BadRequest: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The credentials are missing or wrong. */
        Unauthorized: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                "WWW-Authenticate": components["headers"]["Challenge"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The client may not call this operation. */
        Forbidden: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The call accepts none of the forms that the answer has. */
        NotAcceptable: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The request is larger than the service takes. */
        TooLarge: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Something went wrong that the caller cannot mend. */
        TechnicalError: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description A system behind this one cannot be reached. */
        BackEndDown: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description A system behind this one did not answer in time. */
        BackEndTimedOut: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description One page of the centres' results with the date that was asked for. */
        CiEnquireServices: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "businessStreamId": "02",
                 *           "sessionId": 16884,
                 *           "centreId": "1126",
                 *           "centreName": "Colegio São Bento",
                 *           "qualificationName": "Cambridge IGCSE Mathematics",
                 *           "assessmentCode": "0580",
                 *           "resultDateType": "release",
                 *           "resultDateTime": "2026-01-15T06:00:00Z",
                 *           "embargoed": false
                 *         }
                 *       ],
                 *       "page": {
                 *         "offset": 0,
                 *         "limit": 100,
                 *         "total": 1
                 *       }
                 *     }
                 */
                "application/json": {
                    items: components["schemas"]["CiEnquireService"][];
                    page: components["schemas"]["Page"];
                };
            };
        };
        /** @description The order was taken, once, however often it was sent. */
        CustomerDirectives: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                "Idempotent-Replay": components["headers"]["IdempotentReplay"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "customerDirectives": [
                 *         {
                 *           "directiveId": "D-20261122-000001",
                 *           "status": "AVAILABLE",
                 *           "docStorePageIds": [
                 *             "SC-0500-03-1804-1"
                 *           ],
                 *           "businessStreamId": "02",
                 *           "sessionId": 14244,
                 *           "centreId": "04200",
                 *           "candidateNumber": "1804",
                 *           "assessmentCode": "0500",
                 *           "componentId": "03",
                 *           "serviceType": "ATS"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    customerDirectives: components["schemas"]["CustomerDirective"][];
                };
            };
        };
        /** @description No resource has this key, or no operation this path. */
        NotFound: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The body is in a form that the operation does not take. */
        UnsupportedMediaType: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The script. */
        ScriptPdf: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                "Content-Length": components["headers"]["ContentLength"];
                [name: string]: unknown;
            };
            content: {
                "application/pdf": string;
            };
        };
        /** @description The status of the candidate's result. */
        CandidateResultStatus: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "businessStreamId": "02",
                 *       "sessionId": 14244,
                 *       "centreId": "04200",
                 *       "candidateNumber": "1804",
                 *       "assessmentCode": "0500",
                 *       "resultStatus": "ISSUED",
                 *       "issuedDateTime": "2026-08-13T05:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["CandidateResultStatus"];
            };
        };
        /** @description The enquiries made about one component of the candidate's result. */
        ResultEnquiryStatus: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "businessStreamId": "04",
                 *       "sessionId": 3229,
                 *       "centreId": "43319",
                 *       "candidateNumber": "8129",
                 *       "assessmentCode": "R031",
                 *       "componentId": "02",
                 *       "enquiries": [
                 *         {
                 *           "enquiryId": 70012,
                 *           "serviceType": "2S",
                 *           "status": "COMPLETED",
                 *           "requestedDateTime": "2026-08-27T09:14:00Z",
                 *           "completedDateTime": "2026-09-15T11:30:00Z",
                 *           "outcome": "NO_CHANGE"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ResultEnquiryStatus"];
            };
        };
        /** @description One page of the session's assessments, each with its status. */
        SessionResultStatus: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "businessStreamId": "04",
                 *           "sessionId": 3229,
                 *           "assessmentCode": "R031",
                 *           "resultStatus": "ISSUED",
                 *           "issuedDateTime": "2026-08-13T05:00:00Z",
                 *           "releasedDateTime": "2026-08-20T07:00:00Z"
                 *         }
                 *       ],
                 *       "page": {
                 *         "offset": 0,
                 *         "limit": 100,
                 *         "total": 1
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SessionResultStatus"];
            };
        };
        /** @description One page of the question papers. */
        QpIdentifiers: {
            headers: {
                "X-TRANSACTION-ID": components["headers"]["TransactionId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "businessStreamId": "02",
                 *           "sessionId": 19722,
                 *           "assessmentCode": "9239",
                 *           "assessmentVersion": "4",
                 *           "componentId": "03",
                 *           "qpIdentifier": "9239-03-4-S26",
                 *           "title": "Global Perspectives and Research, Paper 3",
                 *           "duration": 90
                 *         }
                 *       ],
                 *       "page": {
                 *         "offset": 0,
                 *         "limit": 100,
                 *         "total": 1
                 *       }
                 *     }
                 */
                "application/json": {
                    items: components["schemas"]["QuestionPaper"][];
                    page: components["schemas"]["Page"];
                };
            };
        };
    };
    parameters: {
        /**
         * @description An exam series.
         * @example 14244
         */
        SessionId: components["schemas"]["SessionId"];
        /**
         * @description The group of qualifications.
         * @example 1
         */
        QualificationGroupId: components["schemas"]["QualificationGroupId"];
        /**
         * @description Only this centre's.
         * @example 1126
         */
        CentreIdFilter: components["schemas"]["CentreId"];
        /**
         * @description How many items to pass over.
         * @example 0
         */
        Offset: number;
        /**
         * @description How many items to answer at most.
         * @example 100
         */
        Limit: number;
        /**
         * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
         * @example ats-20261122-000017
         */
        TransactionId: components["schemas"]["TransactionId"];
        /**
         * @description Which of the two dates is asked for.
         * @example release
         */
        ResultDateType: components["schemas"]["ResultDateType"];
        /**
         * @description A stored script, as an order's answer names it.
         * @example SC-0500-03-1804-1
         */
        DocStorePageId: components["schemas"]["DocStorePageId"];
        /**
         * @description An awarding body's line of business.
         * @example 02
         */
        BusinessStreamId: components["schemas"]["BusinessStreamId"];
        /**
         * @description The school or test centre.
         * @example 04200
         */
        CentreId: components["schemas"]["CentreId"];
        /**
         * @description The candidate within the centre and session.
         * @example 1804
         */
        CandidateNumber: components["schemas"]["CandidateNumber"];
        /**
         * @description A syllabus or unit.
         * @example 0500
         */
        AssessmentCode: components["schemas"]["AssessmentCode"];
        /**
         * @description A paper of the assessment.
         * @example 03
         */
        ComponentId: components["schemas"]["ComponentId"];
        /**
         * @description `01` (OCR) or `02` (Cambridge International).
         * @example 02
         */
        "parameters-BusinessStreamId": "01" | "02";
        /**
         * @description An exam series.
         * @example 19722
         */
        "parameters-SessionId": components["schemas"]["SessionId"];
        /**
         * @description A syllabus or unit.
         * @example 9239
         */
        "parameters-AssessmentCode": components["schemas"]["AssessmentCode"];
        /**
         * @description Only this version of it.
         * @example 4
         */
        AssessmentVersion: components["schemas"]["AssessmentVersion"];
        /**
         * @description Only this paper of it.
         * @example 03
         */
        "parameters-ComponentId": components["schemas"]["ComponentId"];
    };
    requestBodies: {
        CustomerDirectives: {
            content: {
                /**
                 * @example {
                 *       "customerDirectives": [
                 *         {
                 *           "businessStreamId": "02",
                 *           "sessionId": 14244,
                 *           "centreId": "04200",
                 *           "candidateNumber": "1804",
                 *           "assessmentCode": "0500",
                 *           "componentId": "03",
                 *           "serviceType": "ATS"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    customerDirectives: components["schemas"]["CustomerDirectiveRequest"][];
                };
            };
        };
    };
    headers: {
        /** @description The transaction that this answer belongs to. */
        TransactionId: components["schemas"]["TransactionId"];
        /** @description The credentials that the call wants. */
        Challenge: string;
        /** @description Seconds to wait before the next try. */
        RetryAfter: number;
        /** @description `true` where this is the first answer to the same order, given again. */
        IdempotentReplay: "true";
        /** @description The script's length in bytes. */
        ContentLength: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOcrEnquireServices: {
        parameters: {
            query: {
                /**
                 * @description The group of qualifications.
                 * @example 1
                 */
                qualificationGroupId: components["parameters"]["QualificationGroupId"];
                /**
                 * @description Only this centre's.
                 * @example 1126
                 */
                centreId?: components["parameters"]["CentreIdFilter"];
                /**
                 * @description How many items to pass over.
                 * @example 0
                 */
                offset: components["parameters"]["Offset"];
                /**
                 * @description How many items to answer at most.
                 * @example 100
                 */
                limit: components["parameters"]["Limit"];
            };
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path: {
                /**
                 * @description An exam series.
                 * @example 14244
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OcrEnquireServices"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
    getCiEnquireServices: {
        parameters: {
            query: {
                /**
                 * @description Which of the two dates is asked for.
                 * @example release
                 */
                resultDateType: components["parameters"]["ResultDateType"];
                /**
                 * @description Only this centre's.
                 * @example 1126
                 */
                centreId?: components["parameters"]["CentreIdFilter"];
                /**
                 * @description How many items to pass over.
                 * @example 0
                 */
                offset: components["parameters"]["Offset"];
                /**
                 * @description How many items to answer at most.
                 * @example 100
                 */
                limit: components["parameters"]["Limit"];
            };
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path: {
                /**
                 * @description An exam series.
                 * @example 14244
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CiEnquireServices"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
    createCustomerDirectives: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CustomerDirectives"];
        responses: {
            201: components["responses"]["CustomerDirectives"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
    getScriptPdf: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path: {
                /**
                 * @description A stored script, as an order's answer names it.
                 * @example SC-0500-03-1804-1
                 */
                docStorePageId: components["parameters"]["DocStorePageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ScriptPdf"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
    getCandidateResultStatus: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path: {
                /**
                 * @description An awarding body's line of business.
                 * @example 02
                 */
                businessStreamId: components["parameters"]["BusinessStreamId"];
                /**
                 * @description An exam series.
                 * @example 14244
                 */
                sessionId: components["parameters"]["SessionId"];
                /**
                 * @description The school or test centre.
                 * @example 04200
                 */
                centreId: components["parameters"]["CentreId"];
                /**
                 * @description The candidate within the centre and session.
                 * @example 1804
                 */
                candidateNumber: components["parameters"]["CandidateNumber"];
                /**
                 * @description A syllabus or unit.
                 * @example 0500
                 */
                assessmentCode: components["parameters"]["AssessmentCode"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CandidateResultStatus"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
    getResultEnquiryStatus: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path: {
                /**
                 * @description An awarding body's line of business.
                 * @example 02
                 */
                businessStreamId: components["parameters"]["BusinessStreamId"];
                /**
                 * @description An exam series.
                 * @example 14244
                 */
                sessionId: components["parameters"]["SessionId"];
                /**
                 * @description The school or test centre.
                 * @example 04200
                 */
                centreId: components["parameters"]["CentreId"];
                /**
                 * @description The candidate within the centre and session.
                 * @example 1804
                 */
                candidateNumber: components["parameters"]["CandidateNumber"];
                /**
                 * @description A syllabus or unit.
                 * @example 0500
                 */
                assessmentCode: components["parameters"]["AssessmentCode"];
                /**
                 * @description A paper of the assessment.
                 * @example 03
                 */
                componentId: components["parameters"]["ComponentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ResultEnquiryStatus"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
    getSessionResultStatus: {
        parameters: {
            query: {
                /**
                 * @description How many items to pass over.
                 * @example 0
                 */
                offset: components["parameters"]["Offset"];
                /**
                 * @description How many items to answer at most.
                 * @example 100
                 */
                limit: components["parameters"]["Limit"];
            };
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path: {
                /**
                 * @description An awarding body's line of business.
                 * @example 02
                 */
                businessStreamId: components["parameters"]["BusinessStreamId"];
                /**
                 * @description An exam series.
                 * @example 14244
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SessionResultStatus"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
    getQpIdentifiers: {
        parameters: {
            query: {
                /**
                 * @description An exam series.
                 * @example 19722
                 */
                sessionId: components["parameters"]["parameters-SessionId"];
                /**
                 * @description A syllabus or unit.
                 * @example 9239
                 */
                assessmentCode: components["parameters"]["parameters-AssessmentCode"];
                /**
                 * @description Only this version of it.
                 * @example 4
                 */
                assessmentVersion?: components["parameters"]["AssessmentVersion"];
                /**
                 * @description Only this paper of it.
                 * @example 03
                 */
                componentId?: components["parameters"]["parameters-ComponentId"];
                /**
                 * @description How many items to pass over.
                 * @example 0
                 */
                offset: components["parameters"]["Offset"];
                /**
                 * @description How many items to answer at most.
                 * @example 100
                 */
                limit: components["parameters"]["Limit"];
            };
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
            };
            path: {
                /**
                 * @description `01` (OCR) or `02` (Cambridge International).
                 * @example 02
                 */
                businessStreamId: components["parameters"]["parameters-BusinessStreamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["QpIdentifiers"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["TechnicalError"];
            503: components["responses"]["BackEndDown"];
            504: components["responses"]["BackEndTimedOut"];
        };
    };
}
