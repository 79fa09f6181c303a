// Generated from openapi/ by `npm run contracts`. Changes belong there.
export interface paths {
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
        /**
         * @description A syllabus or unit.
         * @example 0500
         */
        AssessmentCode: string;
        AssessmentVersion: string;
        /**
         * @description A paper of an assessment.
         * @example 03
         */
        ComponentId: string;
        TransactionId: string;
        /**
         * @description An awarding body's line of business, such as `01` (OCR) and `02` (Cambridge International).
         * @example 02
         */
        BusinessStreamId: string;
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
    };
    responses: {
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
    };
    parameters: {
        /**
         * @description `01` (OCR) or `02` (Cambridge International).
         * @example 02
         */
        BusinessStreamId: "01" | "02";
        /**
         * @description An exam series.
         * @example 19722
         */
        SessionId: components["schemas"]["SessionId"];
        /**
         * @description A syllabus or unit.
         * @example 9239
         */
        AssessmentCode: components["schemas"]["AssessmentCode"];
        /**
         * @description Only this version of it.
         * @example 4
         */
        AssessmentVersion: components["schemas"]["AssessmentVersion"];
        /**
         * @description Only this paper of it.
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
    getQpIdentifiers: {
        parameters: {
            query: {
                /**
                 * @description An exam series.
                 * @example 19722
                 */
                sessionId: components["parameters"]["SessionId"];
                /**
                 * @description A syllabus or unit.
                 * @example 9239
                 */
                assessmentCode: components["parameters"]["AssessmentCode"];
                /**
                 * @description Only this version of it.
                 * @example 4
                 */
                assessmentVersion?: components["parameters"]["AssessmentVersion"];
                /**
                 * @description Only this paper of it.
                 * @example 03
                 */
                componentId?: components["parameters"]["ComponentId"];
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
                 * @description `01` (OCR) or `02` (Cambridge International).
                 * @example 02
                 */
                businessStreamId: components["parameters"]["BusinessStreamId"];
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
