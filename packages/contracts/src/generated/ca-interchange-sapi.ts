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
         * @description Which of the two dates is asked for.
         * @example release
         */
        ResultDateType: components["schemas"]["ResultDateType"];
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
}
