// Generated from openapi/ by `npm run contracts`. Changes belong there.
export interface paths {
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description An awarding body's line of business, such as `01` (OCR) and `02` (Cambridge International).
         * @example 02
         */
        BusinessStreamId: string;
        /**
         * @description An exam series.
         * @example 14244
         */
        SessionId: number;
        /**
         * @description The school or test centre, leading zeros kept.
         * @example 04200
         */
        CentreId: string;
        /**
         * @description Four digits within a centre and session.
         * @example 1804
         */
        CandidateNumber: string;
        /**
         * @description A syllabus or unit.
         * @example 0500
         */
        AssessmentCode: string;
        TransactionId: string;
        /**
         * @description ISSUED: centres have it. EMBARGOED: it exists and may not be seen yet. PENDING: it does not exist yet. WITHHELD: it exists and is kept back.
         * @enum {string}
         */
        ResultStatus: "ISSUED" | "EMBARGOED" | "PENDING" | "WITHHELD";
        /**
         * Format: date-time
         * @description A moment in UTC.
         * @example 2026-08-13T05:00:00Z
         */
        Instant: string;
        CandidateResultStatus: {
            businessStreamId: components["schemas"]["BusinessStreamId"];
            sessionId: components["schemas"]["SessionId"];
            centreId: components["schemas"]["CentreId"];
            candidateNumber: components["schemas"]["CandidateNumber"];
            assessmentCode: components["schemas"]["AssessmentCode"];
            resultStatus: components["schemas"]["ResultStatus"];
            issuedDateTime?: components["schemas"]["Instant"];
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
         * @description A paper of an assessment.
         * @example 03
         */
        ComponentId: string;
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
        Page: {
            offset: number;
            limit: number;
            /** @description The number of items on all pages. */
            total: number;
        };
        SessionResultStatus: {
            items: components["schemas"]["AssessmentResultStatus"][];
            page: components["schemas"]["Page"];
        };
    };
    responses: {
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
    };
    parameters: {
        /**
         * @description An awarding body's line of business.
         * @example 02
         */
        BusinessStreamId: components["schemas"]["BusinessStreamId"];
        /**
         * @description An exam series.
         * @example 14244
         */
        SessionId: components["schemas"]["SessionId"];
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
         * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
         * @example ats-20261122-000017
         */
        TransactionId: components["schemas"]["TransactionId"];
        /**
         * @description How many milliseconds the caller has left for an answer. The answer comes within this time or within 8 seconds, whichever is less.
         * @example 7500
         */
        DeadlineMs: number;
        /**
         * @description The consumer that the caller calls for. Without it the caller calls for itself.
         * @example ats
         */
        ConsumerId: string;
        /**
         * @description A paper of the assessment.
         * @example 03
         */
        ComponentId: components["schemas"]["ComponentId"];
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
    };
    requestBodies: never;
    headers: {
        /** @description The transaction that this answer belongs to. */
        TransactionId: components["schemas"]["TransactionId"];
        /** @description The credentials that the call wants. */
        Challenge: string;
        /** @description Seconds to wait before the next try. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCandidateResultStatus: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's name for this call, by which it can be traced end to end. It comes back with the answer and stands in every fault.
                 * @example ats-20261122-000017
                 */
                "X-TRANSACTION-ID": components["parameters"]["TransactionId"];
                /**
                 * @description How many milliseconds the caller has left for an answer. The answer comes within this time or within 8 seconds, whichever is less.
                 * @example 7500
                 */
                "X-Deadline-Ms"?: components["parameters"]["DeadlineMs"];
                /**
                 * @description The consumer that the caller calls for. Without it the caller calls for itself.
                 * @example ats
                 */
                "X-Consumer-Id"?: components["parameters"]["ConsumerId"];
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
                /**
                 * @description How many milliseconds the caller has left for an answer. The answer comes within this time or within 8 seconds, whichever is less.
                 * @example 7500
                 */
                "X-Deadline-Ms"?: components["parameters"]["DeadlineMs"];
                /**
                 * @description The consumer that the caller calls for. Without it the caller calls for itself.
                 * @example ats
                 */
                "X-Consumer-Id"?: components["parameters"]["ConsumerId"];
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
                /**
                 * @description How many milliseconds the caller has left for an answer. The answer comes within this time or within 8 seconds, whichever is less.
                 * @example 7500
                 */
                "X-Deadline-Ms"?: components["parameters"]["DeadlineMs"];
                /**
                 * @description The consumer that the caller calls for. Without it the caller calls for itself.
                 * @example ats
                 */
                "X-Consumer-Id"?: components["parameters"]["ConsumerId"];
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
}
