// Generated from openapi/ by `npm run contracts`. Changes belong there.
export interface paths {
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        TransactionId: string;
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
        /**
         * @description A paper of an assessment.
         * @example 03
         */
        ComponentId: string;
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
    };
    parameters: {
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
         * @description A stored script, as an order's answer names it.
         * @example SC-0500-03-1804-1
         */
        DocStorePageId: components["schemas"]["DocStorePageId"];
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
        /** @description `true` where this is the first answer to the same order, given again. */
        IdempotentReplay: "true";
        /** @description The credentials that the call wants. */
        Challenge: string;
        /** @description Seconds to wait before the next try. */
        RetryAfter: number;
        /** @description The script's length in bytes. */
        ContentLength: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createCustomerDirectives: {
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
}
