// Made by tools/openapi-types from apps/api/openapi.json: npm run openapi
export interface paths {
    "/v1/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Transactions and what undid them, newest first
         * @description Those that came in between "from" and "to" (days of the institution's zone; default today). With "businessDate" alone: what was recorded on that
         *     date and came in at most four weeks before. With the scope read.transactions: of every client.
         *
         *     Scope: transactions or read.transactions.
         */
        get: operations["listTransactions"];
        put?: never;
        /**
         * Is there an offer for this payment?
         * @description Answers what the consumer pays and which offers are held, within the deadline; when anything is slow or down the answer is "no_offer".
         *     200 for every decision. The serial is the idempotency key: the same body again is answered the same, another body is 409 serial_reused.
         *     A card number becomes a token at once and is never stored.
         *
         *     Scope: transactions.
         */
        post: operations["queryTransaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{serial}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The payment succeeded or failed
         * @description Captures what was held, or releases it. "paid" is what was sent upstream: a success without it is refused (paid_required), unless the client
         *     may omit it. A "paid" that is neither the payable nor the gross amount opens a case. Echo "marketingSerial" of the answer that the payer acted on.
         *     503 means that nothing was stored: keep the result and send it again.
         *
         *     Scope: transactions.
         */
        post: operations["tellTransactionResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{serial}/reversal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The payment was undone by a reversal
         * @description Whole only: undoes a hold or a confirmed transaction and restores its counters. "serial" is the reverse transaction's own.
         *
         *     Scope: transactions.
         */
        post: operations["reverseTransaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{serial}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The payment was undone by a void
         * @description Whole only: undoes a hold or a confirmed transaction and restores its counters. "serial" is the reverse transaction's own.
         *
         *     Scope: transactions.
         */
        post: operations["voidTransaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{serial}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a transaction stands, and why
         * @description With explain=true the decision is computed again from what was stored with it (documents, facts, counters, draw key) and compared with what
         *     was answered; "explanation" says for every offer bound to the merchant why it was given or not. Answers without an offer are found in the decision log.
         *
         *     Scope: transactions or read.transactions.
         */
        get: operations["readTransaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{serial}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The refunds of a transaction, in the order in which they came
         * @description Scope: transactions or read.transactions.
         */
        get: operations["listRefunds"];
        put?: never;
        /**
         * A refund's first step: what the payer gets back
         * @description Before the upstream refund: of "amount" (a part of the original gross amount) the payer gets "payer", the rest goes back to the funders.
         *     Any number of parts, together at most what is left. While the original's result is not known the answer is 202 "waiting", and the refund follows it.
         *     404 unknown_original: nothing was given, the payer gets all of it. "serial" is the refund's own and its idempotency key.
         *
         *     Scope: transactions.
         */
        post: operations["askRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{serial}/refunds/{refund}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The upstream refund succeeded or failed
         * @description success: the original becomes partially_refunded or refunded, quota comes back by the rules of then. failure: as if it had not been asked.
         *     Without a result it stays "refund_held", ages and is reported; it never expires.
         *
         *     Scope: transactions.
         */
        post: operations["tellRefundResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What one payment would get; nothing is held
         * @description The answer of POST /v1/transactions?explain=true to this payment now, and the counters that each offer was tried against; no counter, hold or row is touched.
         *     "campaigns" are documents, "drafts" codes of stored campaigns whose newest version counts: both as approved and not suspended, instead of the live
         *     version of their code. Every error of every document is listed at once. A draw is seeded with the client of your own key and the version that the
         *     document has or would get. A payment that was already decided is decided again beside what it holds.
         *
         *     Scope: read.marketing or campaigns.make or campaigns.check.
         */
        post: operations["evaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A campaign: its newest version, or the one asked for
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["readCampaign"];
        /**
         * Store a campaign as a new version
         * @description A document that differs from the newest version becomes a new one, not approved; the live version stays live meanwhile.
         *     A new campaign belongs to the branch of the person that makes it; that of a key belongs to head office.
         *     Every error is listed at once with its path, in English and Chinese; unknown keys are refused. The form is described at /schemas/campaign.json.
         *     What is legal but odd is named in "warnings", each with what it can be checked from; it stops nothing.
         *
         *     Scope: campaigns.make.
         */
        put: operations["putCampaign"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Campaigns by code, as far as the filters let them through
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["listCampaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each limit and budget of a campaign has left
         * @description Made to be polled: with If-None-Match it is 304 while nothing has changed. A limit per merchant, card and the like has a counter for each;
         *     they are counted at most once a minute, and the one of `merchant` is shown.
         *
         *     Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["readCampaignUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What differs between two versions: path, before, after
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["compareCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new draft under another code, which remembers where it came from
         * @description The copy is not approved; it belongs to the branch of whoever copies, or to that of the original where a key does. Its offers keep their codes. Sent again, it is the copy that is there;
         *     a code that another campaign has is 409.
         *
         *     Scope: campaigns.make.
         */
        post: operations["copyCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Errors or warnings of a document; stores nothing
         * @description The same errors and warnings as PUT /v1/campaigns/{code} gives. Expected cost is reckoned over a built-in distribution of amounts.
         *
         *     Scope: read.marketing or campaigns.make or campaigns.check.
         */
        post: operations["checkCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the newest version: it goes live
         * @description By another person than its maker. "hash" is that of the campaign as you were shown it: what has changed since is refused with changed_since.
         *     "version" is the one you have looked at: if there is a newer one, 409 version_conflict.
         *     For an offer: allowed if nothing else of the campaign would go live with it.
         *
         *     Scope: campaigns.check.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["approveCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/offers/{offer}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the newest version: it goes live
         * @description By another person than its maker. "hash" is that of the campaign as you were shown it: what has changed since is refused with changed_since.
         *     "version" is the one you have looked at: if there is a newer one, 409 version_conflict.
         *     For an offer: allowed if nothing else of the campaign would go live with it.
         *
         *     Scope: campaigns.check.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["approveOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a campaign: acts on the next payment, one person is enough
         * @description Scope: campaigns.make or campaigns.check.
         */
        post: operations["suspendCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a campaign go on: the second person who asks for it resumes it
         * @description Scope: campaigns.make or campaigns.check.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["resumeCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/offers/{offer}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a offer: acts on the next payment, one person is enough
         * @description Scope: campaigns.make or campaigns.check.
         */
        post: operations["suspendOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/offers/{offer}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a offer go on: the second person who asks for it resumes it
         * @description Scope: campaigns.make or campaigns.check.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["resumeOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rule-templates/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A rule template: its newest version, or the one asked for
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["readRuleTemplate"];
        /**
         * Store a rule template as a new version
         * @description A campaign document with holes, and the JSON Schema of what fills them. It is tried with its defaults; every error is listed at once.
         *     A document that differs from the newest version becomes a new one, which waits as "proposal" for another person: POST /v1/proposals/{id}/approve.
         *     Campaigns are made from the approved version meanwhile.
         *
         *     Scope: campaigns.make.
         */
        put: operations["putRuleTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rule-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rule templates by code, each with its newest version
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["listRuleTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rule-templates/{code}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of a rule template, newest first
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["listRuleTemplateVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rule-templates/{code}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a rule template out of use: one person is enough
         * @description No campaign is made from it until another version is approved. Campaigns that came from it go on.
         *
         *     Scope: campaigns.check.
         */
        post: operations["retireRuleTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rule-templates/{code}/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which campaigns came from a rule template, or from one version of it
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["listCampaignsOfRuleTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rule-templates/{code}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The campaign that some parameters would make; stores nothing
         * @description The document, what it does in sentences of both languages, and the warnings of the document. An error names its parameter: parameters.atLeast.
         *
         *     Scope: read.marketing or campaigns.make or campaigns.check.
         */
        post: operations["previewRuleTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/from-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store a campaign that a rule template makes of some parameters
         * @description As PUT /v1/campaigns/{code} does: a version that differs becomes a new one, not approved. It remembers template, version and parameters ("origin").
         *     Only the approved version of a template makes campaigns. An error names its parameter: parameters.atLeast.
         *
         *     Scope: campaigns.make.
         */
        post: operations["makeCampaignFromTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{code}/backtests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Back-tests of a campaign that were kept, newest first
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["listBacktests"];
        put?: never;
        /**
         * Keep what a back-test says of a campaign
         * @description `./lijian backtest --keep` sends it. It is kept with the newest version that has this very document, else 409.
         *     The same again is the one that is there. Of a version 100 are kept. The newest before the approval is what the report of the effect compares with.
         *
         *     Scope: campaigns.make or campaigns.check.
         */
        post: operations["keepBacktest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Back-tests, newest first, with their progress
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["listBacktestRuns"];
        put?: never;
        /**
         * Try stored campaigns on payments of the past, as a job
         * @description With "days" over what is stored of these dates: payments with an offer, and those without one as far as the decision log has them.
         *     Without "days" over a file, which follows at /v1/backtests/{id}/payments. The report-generator runs it behind payments, two at once.
         *     Members of groups, merchants and fees are those of now; balances are unlimited, and draws have a key of their own.
         *     "serial" is its idempotency key: sent again, it is the run that is there.
         *
         *     Scope: campaigns.make or campaigns.check.
         */
        post: operations["requestBacktest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A back-test: how far it is, and what it says once it is done
         * @description Scope: read.marketing or campaigns.make or campaigns.check.
         */
        get: operations["readBacktestRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a back-test: one that runs ends within seconds
         * @description Scope: campaigns.make or campaigns.check.
         */
        post: operations["cancelBacktest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests/{id}/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep what a back-test says with the versions of its campaigns
         * @description As `./lijian backtest --keep` does: whoever approves a version reads it as "promise". Sent again it changes nothing.
         *
         *     Scope: campaigns.make or campaigns.check.
         */
        post: operations["keepBacktestRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Merchants by id
         * @description Conditions hold together. "q" is how the id or the name begins; a region and a branch have what lies below them.
         *
         *     Scope: read.marketing or merchants.
         */
        get: operations["listMerchants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A merchant
         * @description Scope: read.marketing or merchants.
         */
        get: operations["readMerchant"];
        /**
         * Store a merchant and its fees
         * @description What changes fees, "feeOnRefund" or "clearingSystem" of a stored merchant is answered 202 and waits for another person, as a whole:
         *     POST /v1/proposals/{id}/approve. A new merchant does not wait, nor does another name.
         *
         *     Scope: merchants.
         */
        put: operations["putMerchant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchants/{id}/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Activities of a merchant, with what is left for it
         * @description Offers that name it, a group that it is in or its sub-merchants, and those for everybody that its MCC, region and country allow.
         *
         *     Scope: read.marketing or merchants.
         */
        get: operations["listMerchantActivities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchants/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A merchant leaves: no activity holds for it any more
         * @description Its payments go on, without offers (`merchant_not_bound`), whatever names it. What was granted is refunded and cleared as before.
         *     PUT with another status brings it back.
         *
         *     Scope: merchants.
         */
        post: operations["leaveMerchant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchant-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Merchant groups by code
         * @description Scope: read.marketing or merchants.
         */
        get: operations["listMerchantGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchant-groups/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A merchant group
         * @description Scope: read.marketing or merchants.
         */
        get: operations["readMerchantGroup"];
        /**
         * Store a merchant group
         * @description Offers name it under "merchantGroups", and its members may change without a new version of the campaign. What is left out stays as it is.
         *     A group that a live campaign names changes when another person approves it: the answer is then 202 with what waits.
         *
         *     Scope: merchants.
         */
        put: operations["putMerchantGroup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchant-groups/{code}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of a merchant group, newest first
         * @description Scope: read.marketing or merchants.
         */
        get: operations["listMerchantGroupVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchant-groups/{code}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Merchants of a group, in any of its versions
         * @description "change" shows only who came or who went with the version: what an approver reads.
         *
         *     Scope: read.marketing or merchants.
         */
        get: operations["listMerchantGroupMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-groups/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A card group
         * @description Scope: read.marketing or card-groups.
         */
        get: operations["readCardGroup"];
        /**
         * Store a card group
         * @description BIN prefixes of 1 to 12 digits, card tokens, or both. Card numbers in "cards" become tokens at once; cards are counted in answers, never shown. What is left out stays as it is. Very many are imported as a file: …/imports.
         *     A group that a live campaign names changes when another person approves it: the answer is then 202 with what waits.
         *
         *     Scope: card-groups.
         */
        put: operations["putCardGroup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Card groups by code
         * @description Scope: read.marketing or card-groups.
         */
        get: operations["listCardGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customer-groups/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A customer group
         * @description Scope: read.marketing or card-groups.
         */
        get: operations["readCustomerGroup"];
        /**
         * Store a customer group
         * @description Customers as payments name them. They become tokens at once, are counted in answers and never shown. What is left out stays as it is. Very many are imported as a file: …/imports.
         *     A group that a live campaign names changes when another person approves it: the answer is then 202 with what waits.
         *
         *     Scope: card-groups.
         */
        put: operations["putCustomerGroup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customer-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customer groups by code
         * @description Scope: read.marketing or card-groups.
         */
        get: operations["listCustomerGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an import: nothing of it stays
         * @description Scope: card-groups or merchants.
         */
        post: operations["cancelImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Imports, newest first, with their progress
         * @description Scope: read.marketing or card-groups or merchants.
         */
        get: operations["listGroupImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One import and how far it is
         * @description Scope: read.marketing or card-groups or merchants.
         */
        get: operations["readGroupImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One box for every id: what is named whole, and what begins with it
         * @description Serials, codes of campaigns, merchants, partners, MIDs, groups and clients, numbers of cases and proposals, names of clearing files, ids of workflows.
         *     Only kinds that your scopes open are looked through. A kind that takes too long is named in "late".
         *
         *     Any key or session.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which MID carries this payment?
         * @description Reserves what the payment needs on channel, MID, pool and card, and answers within the deadline; "route": null with "reasons" when nobody can carry it.
         *     The same serial with a longer "exclude" is the next attempt; the same body again is the same answer, anything else 409 serial_reused. With PostgreSQL away only a MID is
         *     given of which neither itself nor its channel and pool counts anything; else "unavailable".
         *
         *     Scope: transactions.
         */
        post: operations["routePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer and route of one payment, together
         * @description What POST /v1/transactions and POST /v1/routes answer, decided together: the payable is routed, the gross amount where there is no offer; without a route nothing
         *     is held. Results go to POST /v1/transactions/{serial}/result and POST /v1/routes/{serial}/result. A longer "exclude" is the next attempt of the route; the offer stands.
         *
         *     Scope: transactions.
         */
        post: operations["pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routes/{serial}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An attempt succeeded or failed
         * @description Of the attempt with this MID; each stands for itself. success captures what it reserved; what had been given back before counts beyond the limits. failure gives it
         *     back, but for a timeout: it stays reserved until a later result or its end. A card that is learnt only now is counted without asking for room. 404: nobody has asked for this serial. 503: nothing was
         *     stored, send it again.
         *
         *     Scope: transactions.
         */
        post: operations["tellRouteResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routes/{serial}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a route stands, and why
         * @description With explain=true every decision is made again from what was stored with it (version of the document, counters, success rates, suspensions, draw key), with a
         *     reason for every MID and pool that was passed over; "verdict" says whether it comes out the same.
         *
         *     Scope: transactions or read.transactions.
         */
        get: operations["readRoute"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing/shared-pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask that MIDs of a pool may be shared: another person approves it
         * @description A routing document whose pool has MIDs without allowedMerchants refers to it: "shared": {"reference": the id of the approved proposal, "approvedBy": whoever has
         *     approved it, by key, person, login or name}. What the live document refers to already counts as approved.
         *
         *     Scope: routing.
         */
        post: operations["proposeSharedPool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The live routing document, or the version asked for
         * @description Scope: routing or read.routing.
         */
        get: operations["readRouting"];
        /**
         * A new version of the routing document: it waits for another person
         * @description The document as a whole. The answer is 202 with a proposal: it is live once another person approves it, and every version is kept with who made and who
         *     approved it. A later document takes the place of one that waits. A document equal to the live one changes nothing and is answered with 200; the same as one that waits is
         *     answered as it stands. The proposal has what differs from the live document, and the SHA-256 of the whole one in canonical form; GET /v1/routing?version= has it whole.
         *     Every error is listed at once with its path, in English and Chinese; what is legal and odd is named in "warnings", each with what it can be checked from. With a warning
         *     of level "refuse" (a shared MID in a pool that carries no "shared", or one that refers to no approval) it is not accepted.
         *
         *     Scope: routing.
         */
        put: operations["putRouting"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who made and who approved which version of the routing document, newest first
         * @description Scope: routing or read.routing.
         */
        get: operations["listRoutingVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing/{part}/{code}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a channel, MID or pool: acts on the next payment, one person is enough
         * @description Scope: routing.
         */
        post: operations["suspendRoutingPart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing/{part}/{code}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a channel, MID or pool go on: the second person who asks for it resumes it
         * @description Scope: routing.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["resumeRoutingPart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cards of a merchant, or under a parent, most payments first
         * @description Scope: cases or routing or read.routing.
         */
        get: operations["listCardUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-usage-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Methods stopped because cards went over, newest first
         * @description Scope: cases or routing or read.routing.
         */
        get: operations["listCardUsageCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-usage-cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A case: its cards, who was told what, what has happened
         * @description Scope: cases or routing or read.routing.
         */
        get: operations["readCardUsageCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-usage-cases/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand in the merchant's written explanation
         * @description A reference of the file, not the file. It may be replaced until somebody has decided; also a case that ended with the method stopped takes another one.
         *
         *     Scope: cases.
         */
        post: operations["explainCardUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-usage-cases/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the explanation: the method is open again
         * @description By somebody other than who handed it in, with the hash of the explanation as it was shown (`proposal` of the case). Also as any proposal: POST /v1/proposals/{id}/approve.
         *
         *     Scope: cases.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["approveCardUsageExplanation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-usage-cases/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the explanation back, or keep the method stopped
         * @description By somebody other than who handed it in, with the hash of the explanation as it was shown (`proposal` of the case). Also as any proposal: POST /v1/proposals/{id}/approve.
         *
         *     Scope: cases.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["rejectCardUsageExplanation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing/capacity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Daily limits and when they will be used up, the soonest first
         * @description Held, used and over are as of now; "exhaustsAt" was told within the last minute ("toldAt"): today goes on as the same weekday did on up to four earlier
         *     weeks, at today's level; without such a day at today's pace, and "basis" says so. What a full limit has turned away is not known. A new document is told within a minute.
         *
         *     Scope: routing or read.routing.
         */
        get: operations["listCapacity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing/drill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which merchants cannot pay at which hours if a channel stops (N−1)
         * @description Hours only, of the live document and of what is suspended beside it; limits and amounts are the replay's matter (./lijian route diff). Merchants without
         *     a gap are left out.
         *
         *     Scope: routing or read.routing.
         */
        get: operations["drillRouting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routing/compliance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shared pools and their approval, mismatches, concentration, who changed what
         * @description MCC and region are those of PUT /v1/merchants. Concentration adds up what daily counters took since "since", today included; greatest first. Without "list" it
         *     is the beginning of every list; "list" and "after" go on with one.
         *
         *     Scope: routing or read.routing.
         */
        get: operations["readCompliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A partner: its balance, how long it lasts, its contacts
         * @description Scope: read.money or partners or funding.make or funding.check.
         */
        get: operations["readPartner"];
        /**
         * A partner, or a change of it: it waits for another person
         * @description The document replaces the one before; an account's number stays when it is left out. The answer is 202 with a proposal: nothing of it stands until another
         *     person approves it. It shows account numbers by their last digits, and a hash of what is sealed. What stands already is answered with 200; the same as what waits is
         *     answered as it waits. Whoever approves another account first sees its number once and names its holder: POST /v1/proposals/{id}/reveal. Money is not in the document:
         *     receipts, withdrawals and credit lines are proposals too.
         *
         *     Scope: partners.
         */
        put: operations["putPartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See the whole account numbers of a proposal, once
         * @description To somebody who may decide about it and names the holder of each account that it changes, from papers of one's own: another name is refused and shows
         *     nothing. Who has seen them, and when, is recorded; a second time is refused and says so.
         *
         *     Scope: funding.check.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["revealAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{code}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was approved of a partner, by whom and when: newest first
         * @description Scope: read.money or partners or funding.make or funding.check.
         */
        get: operations["listPartnerVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Partners by code
         * @description Scope: read.money or partners or funding.make or funding.check.
         */
        get: operations["listPartners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/funding-warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prepaid balances that are low, or end today at today’s pace
         * @description Scope: read.money or partners or funding.make or funding.check.
         */
        get: operations["listFundingWarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{code}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter a receipt: a partner's money has arrived
         * @description Nothing moves until somebody else approves it: `POST /v1/proposals/{id}/approve`, or in the Temporal UI under `funding/<id>`.
         *
         *     Scope: funding.make.
         */
        post: operations["proposeReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{code}/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay back what is left of a prepaid balance
         * @description Nothing moves until somebody else approves it: `POST /v1/proposals/{id}/approve`, or in the Temporal UI under `funding/<id>`.
         *
         *     Scope: funding.make.
         */
        post: operations["proposeWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{code}/credit-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the credit line of a partner (授信)
         * @description Nothing moves until somebody else approves it: `POST /v1/proposals/{id}/approve`, or in the Temporal UI under `funding/<id>`.
         *
         *     Scope: funding.make.
         */
        post: operations["proposeCreditLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Transfer between own funds and client reserve (备付金)
         * @description Nothing moves until somebody else approves it: `POST /v1/proposals/{id}/approve`, or in the Temporal UI under `funding/<id>`.
         *
         *     Scope: funding.make.
         */
        post: operations["proposeTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partner-cycles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statements of partners, newest first
         * @description Scope: read.money or funding.make or funding.check.
         */
        get: operations["listPartnerCycles"];
        put?: never;
        /**
         * A campaign has ended early: issue its statement up to the last closed business date
         * @description Scope: funding.make.
         */
        post: operations["issuePartnerCycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partner-cycles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A statement: balances, sums, what is open
         * @description Scope: read.money or funding.make or funding.check.
         */
        get: operations["readPartnerCycle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partner-cycles/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its details as CSV, whole or of one campaign or offer
         * @description UTF-8, yuan, one line per event and offer, returns negative, the sum last. Whole, it has the SHA-256 of the statement, always: `x-content-sha256`.
         *
         *     Scope: read.money or funding.make or funding.check.
         */
        get: operations["downloadPartnerStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partner-cycles/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The partner agrees (postpay), or the statement is approved (prepay)
         * @description Scope: funding.check.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["confirmPartnerCycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partner-cycles/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rows that the partner does not accept
         * @description Scope: funding.check.
         */
        post: operations["disputePartnerCycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{code}/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter a receipt that pays a cycle
         * @description More than is open waits in suspense; less leaves the rest open.
         *
         *     Scope: funding.make.
         */
        post: operations["proposeCollection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{code}/cycle-adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up a part of what a cycle asks for
         * @description Its open disputes count as accepted then.
         *
         *     Scope: funding.make.
         */
        post: operations["proposeCycleAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clearing-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clearing runs, newest first
         * @description Scope: finance or read.clearing.
         */
        get: operations["listClearingRuns"];
        put?: never;
        /**
         * Clear a business date that is over
         * @description Closes the date, writes a file for each kind and clearing system, proves them against the ledger and publishes them.
         *     Earlier dates that have not been cleared yet are opened along, in order: "opened" names them. A date that has a run already is answered as it stands.
         *     "early" closes a date that is not over: that waits for another person (202), POST /v1/proposals/{id}/approve.
         *
         *     Scope: finance.
         */
        post: operations["openClearingRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clearing-runs/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the clearing of a date stands
         * @description Scope: finance or read.clearing.
         */
        get: operations["readClearingRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchant-settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What merchants get back on a settlement date
         * @description Scope: finance or read.clearing.
         */
        get: operations["listMerchantSettlements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clearing-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clearing and settlement files, newest first, every version
         * @description Scope: finance or read.clearing.
         */
        get: operations["listClearingFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clearing-files/{id}/acknowledgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The clearing system accepted or refused a file
         * @description The same again is answered the same. "sha256", when given, must be that of the file. When every file of a date is accepted, the date is settled
         *     with the others due on its settlement date. The key of a clearing system, which is a client, acknowledges at once. What a person says by hand waits
         *     for another person (202): POST /v1/proposals/{id}/approve.
         *
         *     Scope: finance.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["acknowledgeClearingFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clearing-files/{id}/replacement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new version of a file
         * @description In the layout that the clearing system has now; the new version names the one that it replaces. Not of a file that was accepted.
         *     It waits for another person (202): POST /v1/proposals/{id}/approve. The same again after that answers the new version.
         *
         *     Scope: finance.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["replaceClearingFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clearing-systems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A clearing system and its layouts
         * @description Scope: finance or read.clearing.
         */
        get: operations["readClearingSystem"];
        /**
         * How the files for a clearing system look
         * @description Layouts are data: columns and their order, delimiter or fixed width, encoding, yuan or fen, header and trailer, file name. Absent kinds get the
         *     layouts that come with Lijian. Files that are planned already keep theirs.
         *     What differs is answered 202 and waits for another person: POST /v1/proposals/{id}/approve. What stands so already is answered 200.
         *
         *     Scope: finance.
         */
        put: operations["putClearingSystem"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balances by account
         * @description Opening, debit, credit and closing of a business date, or as of now. Debit balances are positive. The accounts: docs/reference/postings.md.
         *
         *     Scope: read.money.
         */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What went wrong with money and waits for a person, oldest first
         * @description Scope: cases or read.clearing.
         */
        get: operations["listCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A case and what has been proposed for it
         * @description Scope: cases or read.clearing.
         */
        get: operations["readCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say who looks after a case
         * @description Scope: cases.
         */
        put: operations["assignCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a closed case again; what was posted stays posted
         * @description Scope: cases.
         */
        post: operations["reopenCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/resolutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose how a case is to end
         * @description accept: it stands as it is; money over, short or unplaced goes to suspense. grant: an unfunded transaction is confirmed after the fact with its
         *     funder's consent. adjust: from one account to another. write_off: at most the difference. Nothing is posted before somebody else approves.
         *
         *     Scope: cases.
         */
        post: operations["proposeResolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/resolutions/{resolution}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve it, as somebody else: it is posted and the case closed
         * @description Scope: cases.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["approveResolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/resolutions/{resolution}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject it, as somebody else
         * @description Scope: cases.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["rejectResolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/resolutions/{resolution}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back what oneself has proposed
         * @description Scope: cases.
         */
        post: operations["withdrawResolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Erasures, newest first
         * @description Scope: admin or cases or read.audit.
         */
        get: operations["listErasures"];
        put?: never;
        /**
         * Have a person forgotten: once another person has approved it
         * @description What names the person becomes tokens at once, under every token key, and is kept nowhere. Nothing happens until somebody else approves it:
         *     `POST /v1/proposals/{id}/approve`. Then the flow `erasure/<id>` goes through every place. Amounts, serials and dates of payments stay. A place that the law keeps is
         *     named under heldBack, and waits until that date is over.
         *
         *     Scope: admin or cases.
         */
        post: operations["requestErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an erasure is, and its certificate
         * @description Scope: admin or cases or read.audit.
         */
        get: operations["readErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliation/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Imports, newest first, with their progress
         * @description Scope: reconciliation or read.clearing.
         */
        get: operations["listBillImports"];
        put?: never;
        /**
         * Import a bill, a list of a day or a statement
         * @description The body is the file, of any size. All or nothing: a file whose own totals disagree, or which is torn, is refused with every place, and none of its
         *     lines counts. Cut off, it has left nothing: send it again. The very same file again changes nothing ("again"). Meanwhile `GET /v1/reconciliation/imports`
         *     shows how far it is.
         *
         *     Scope: reconciliation.
         */
        post: operations["importBill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliation/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One import and how far it is
         * @description Scope: reconciliation or read.clearing.
         */
        get: operations["readBillImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliation/layouts/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A layout, also of those that come with Lijian
         * @description Scope: reconciliation or read.clearing.
         */
        get: operations["readBillLayout"];
        /**
         * Say how the files of a source are written
         * @description What differs is answered 202 and waits for another person: POST /v1/proposals/{id}/approve. What stands so already is answered 200.
         *
         *     Scope: reconciliation.
         */
        put: operations["putBillLayout"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliation/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the sources of a date stand
         * @description Scope: reconciliation or read.clearing.
         */
        get: operations["listReconciliationRuns"];
        put?: never;
        /**
         * Match what was imported for a date with our books, now
         * @description Safe to repeat. What differs becomes a case when the buffer is over ("countsOn"), or with "withoutBuffer" at once.
         *
         *     Scope: reconciliation.
         */
        post: operations["runReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliation/breaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What differs on a date, as the last run saw it
         * @description Scope: reconciliation or read.clearing.
         */
        get: operations["listReconciliationBreaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which reports this key may ask for, with their parameters, sections and columns
         * @description Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        get: operations["listReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A report as a page of data, with totals and charts
         * @description Amounts are in fen, rates in ppm. Each page is of one state of the books; the dates of a sealed range never change.
         *
         *     Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        get: operations["readReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports that were asked for, newest first
         * @description Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        get: operations["listReportRuns"];
        put?: never;
        /**
         * Have a report made as a file
         * @description `report-generator` makes it; read the run until it is done, then ask for a link. The same request about sealed dates is the same run, about open
         *     dates for five minutes.
         *
         *     Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        post: operations["requestReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a report is
         * @description Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        get: operations["readReportRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a report that waits or is being made
         * @description What runs ends within about a second, its statement too. Again, it is answered the same.
         *
         *     Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        post: operations["cancelReportRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-runs/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to the file of a report that is done
         * @description It opens the file once, within five minutes, for the key that asked for it. Each link and each download is recorded.
         *
         *     Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        post: operations["linkReportFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-files/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file behind a link
         * @description Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        get: operations["downloadReportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-schedules/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A schedule
         * @description Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        get: operations["readReportSchedule"];
        /**
         * Have a report made again and again
         * @description At the time of day, the report of the range before it is asked for; of books, once its last date is sealed, or six hours later as they are.
         *     A time that was missed is made up for within 30 days, about its own dates. The document replaces the one before; it names targets, their addresses stand in
         *     LIJIAN_REPORT_TARGETS. When the key that stored it is revoked, it stops, and its field stopped says so; stored again with another key, it goes on.
         *     Where a clock change skips the time of day, there is no report on that day.
         *
         *     Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        put: operations["putReportSchedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schedules of the reports that this key may ask for
         * @description Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        get: operations["listReportSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-schedules/{code}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for no more reports of a schedule
         * @description It stays, with `active: false`; stored as active it begins again. Again, it is answered the same.
         *
         *     Scope: campaigns.make or campaigns.check or routing or funding.make or funding.check or cases or reconciliation or finance or read.marketing or read.money or read.clearing or read.routing or read.people or admin.
         */
        post: operations["endReportSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for a second person, or has waited: newest first
         * @description Every kind of decision in one list, of the kinds and branches that you see. "changes" is what differs, in business words; "may" says whether you may decide, and why not.
         *
         *     Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many wait for you, and how many of yours wait
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["countApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proposals, newest first: as GET /v1/approvals
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["listProposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A proposal
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["readProposal"];
        /**
         * Change a proposal that nobody has decided: by its maker; its hash changes
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        put: operations["amendProposal"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a proposal back: by its maker
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        post: operations["withdrawProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve what was shown: by another person than its maker
         * @description `hash` is that of the proposal as you were shown it: what has changed since is refused with `changed_since`.
         *
         *     Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["approveProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject it, with a reason
         * @description `hash` is that of the proposal as you were shown it: what has changed since is refused with `changed_since`.
         *
         *     Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["rejectProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A client
         * @description Scope: admin or read.people.
         */
        get: operations["readClient"];
        /**
         * Store a client: its webhook, rate limit, deadline and bounds
         * @description What changes "webhookUrl" or "webhookSecret", or the bounds ("merchants", "merchantGroups", "openHoldsMax") of a client that stands, waits for another
         *     person, as a whole (202): POST /v1/proposals/{id}/approve. A secret that is
         *     made is shown with that answer, to its maker. Everything else counts at once.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        put: operations["putClient"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clients by code
         * @description Scope: admin or read.people.
         */
        get: operations["listClients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{code}/webhook-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret for a client's webhook; the one before signs too for a while
         * @description "serial" is the rotation's own and its idempotency key: sent again, the answer is the same secret, until another one follows it.
         *     It waits for another person (202), POST /v1/proposals/{id}/approve: the secret is shown to its maker, and signs nothing before.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys, without the keys themselves
         * @description Scope: admin or read.people.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key: the only time that it is shown
         * @description With "transactions" and "read" alone it is in force at once (201). With any other scope it waits for another person (202): it opens
         *     nothing until its proposal is approved, by POST /v1/proposals/{id}/approve.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["makeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke an API key, everywhere within a second
         * @description Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["revokeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/branches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Branches: a tree under head-office
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["listBranches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roles, with their rights and the roles that nobody holds beside them
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approval-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who approves which kind, from which amount on
         * @description A kind without rows is decided as "any".
         *
         *     Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["listApprovalPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/branches/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Propose a branch, or another name or place of it
         * @description The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        put: operations["putBranch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Propose a role, or other rights of it
         * @description The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve. Whoever holds the role neither proposes nor approves other rights of it.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        put: operations["putRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approval-policies/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Propose who approves a kind
         * @description The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve. A rule that fewer people can meet than it needs is refused.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        put: operations["putApprovalPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Persons by login, name, branch, role or status
         * @description Scope: admin or read.people.
         */
        get: operations["listPersons"];
        put?: never;
        /**
         * Propose a new person
         * @description The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve. Roles that nobody holds together are refused with their reason.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["makePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A person, with each right and the reason for it
         * @description Scope: admin or read.people.
         */
        get: operations["readPerson"];
        /**
         * Propose another branch, other roles, status or name of a person
         * @description The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve. Nobody proposes or approves a change of their own roles, branch or status. A person who is disabled is out at once.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        put: operations["putPerson"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shut a person out, at once and by one administrator
         * @description Sessions and tokens end. Two administrators bring the person back, by PUT /v1/persons/{id}.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["disablePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{id}/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose that a person gets a new password and a new authenticator
         * @description The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve. With the approval password, authenticator, sessions and tokens are void.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["recoverPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{id}/enrolment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A code with which a new or recovered person sets a password: the only time that it is shown
         * @description For whoever proposed the person, or the recovery, once it is approved. It is good for a day; another one makes it void.
         *
         *     Scope: admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["makePersonEnrolment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who stands in for whom, and when: your own, or all for an administrator
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        get: operations["listDelegations"];
        put?: never;
        /**
         * Propose who decides with your right while you are absent
         * @description The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve. Roles that nobody holds together are not joined by an absence either.
         *
         *     Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["makeDelegation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/delegations/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End it, at once: by either of the two, or by an administrator
         * @description Scope: campaigns.make or campaigns.check or merchants or routing or card-groups or partners or funding.make or funding.check or cases or reconciliation or finance or read or read.marketing or read.transactions or read.money or read.clearing or read.routing or read.audit or read.people or admin.
         */
        post: operations["endDelegation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decision-proofs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a decision that you make by an update in Temporal
         * @description Updates that decide carry a proof, since Temporal knows nobody: a name in an update is anybody's. The proof is for this decision, this key
         *     and five minutes, and is used once. Whether the key may decide it is found when the update comes.
         *
         *     Scope: funding.check or cases or finance.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["proveDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your own sessions
         * @description Any key or session.
         */
        get: operations["listSessions"];
        put?: never;
        /**
         * Sign in: login, password and, once there is an authenticator, its code
         * @description The session is a cookie. It ends after 15 minutes without a request (one with the header lijian-background does not count) and after eight hours.
         *     Ten wrong tries lock a login for 30 minutes; from the fourth on each makes the next one wait.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use a one-time code of ./lijian keys enrol: the first administrators of an installation */
        post: operations["enrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out: the session "current", or another one of yours
         * @description Any key or session.
         */
        post: operations["endSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show your second factor again: approvals of money and rights ask for it
         * @description Any key or session.
         */
        post: operations["stepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who asks, and what may be done
         * @description Any key or session.
         */
        get: operations["readMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set another password: your other sessions end
         * @description Any key or session.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A secret for an authenticator, in force once its first code is confirmed
         * @description Any key or session.
         */
        post: operations["beginTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The first code of the authenticator: from now on signing in asks for one
         * @description Any key or session.
         */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your own tokens, without the tokens themselves
         * @description Any key or session.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make a token of your own for the command line: the only time that it is shown
         * @description It has the scopes that it is given and that your roles give at the moment of a request; none while you are disabled. It sends no payments, and
         *     what asks for a second factor it may not do. Whatever it does, you have done it.
         *
         *     Any key or session.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["makeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/tokens/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a token of your own, everywhere within a second: "current" is the one that asks
         * @description Any key or session.
         */
        post: operations["revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Views of lists: your own, and those that others share
         * @description Any key or session.
         */
        get: operations["listViews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/views/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a view of a list
         * @description Any key or session.
         */
        put: operations["putView"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/views/{code}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a view of yours
         * @description Any key or session.
         */
        post: operations["removeView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, when, from where, to what, and what changed; newest first
         * @description Changes stand here from the moment they are committed, refusals within seconds. "sealed": the event is part of the hash chain that
         *     ./lijian verify checks. What is sensitive is "***" in "diff". People of a branch see what those of it and below did.
         *
         *     Scope: admin or read.audit.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign in at the identity provider: a browser is sent there */
        get: operations["beginOidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/oidc/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Authenticate anew at the identity provider, with a second factor
         * @description Any key or session.
         */
        get: operations["stepUpOidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the identity provider sends a browser back: it gets its session
         * @description The person, its name, roles and branch are those that the provider tells; configuration says which claims and groups.
         */
        get: operations["finishOidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the browser makes a passkey of
         * @description Any key or session.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your own passkeys
         * @description Any key or session.
         */
        get: operations["listPasskeys"];
        put?: never;
        /**
         * Register the passkey that the browser has made
         * @description Any key or session.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a passkey of your own: your other sessions end
         * @description Any key or session.
         *
         *     A person shows a second factor for it (step_up).
         */
        post: operations["removePasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a passkey signs to sign in */
        post: operations["beginPasskeySignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in by a passkey: it is both factors */
        post: operations["signInByPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current/step-up/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a passkey of yours signs to step up
         * @description Any key or session.
         */
        post: operations["beginPasskeyStepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current/step-up/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a passkey of yours in place of a code
         * @description Any key or session.
         */
        post: operations["stepUpByPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["isLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The payments of a back-test that waits for its file
         * @description One JSON object a line, as `./lijian backtest --payments` reads them; plain, or gzip as application/gzip. At most 500,000 lines.
         *     All or nothing: the first wrong line is named by its number. Cards, customers and identities become tokens at once, and go when the run ends.
         *
         *     Scope: campaigns.make or campaigns.check.
         */
        put: operations["giveBacktestFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-groups/{code}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import members as a file
         * @description One a line: a card number, "token:…", a BIN prefix of 6 to 11 digits, or any prefix as "bin:…". As NDJSON: these as JSON texts, or {"card":…}, {"token":…}, {"bin":…}. Where a live campaign names the group, the import ends with a "proposal" that another person approves.
         *
         *     Plain or gzip. All or nothing: if one line is wrong, the first wrong lines are named by their numbers and nothing changes.
         *     The old members serve until the new ones are whole. The answer comes when the import has ended; meanwhile `GET /v1/imports` shows how far it is. A file that has come whole goes on when its sender leaves.
         *     The same file again changes nothing. One import at a time for a group.
         *
         *     Scope: card-groups.
         */
        post: operations["importCardGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customer-groups/{code}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import members as a file
         * @description One a line: a customer as payments name it, or "token:…". As NDJSON: these as JSON texts, or {"customer":…}, {"token":…}. Where a live campaign names the group, the import ends with a "proposal" that another person approves.
         *
         *     Plain or gzip. All or nothing: if one line is wrong, the first wrong lines are named by their numbers and nothing changes.
         *     The old members serve until the new ones are whole. The answer comes when the import has ended; meanwhile `GET /v1/imports` shows how far it is. A file that has come whole goes on when its sender leaves.
         *     The same file again changes nothing. One import at a time for a group.
         *
         *     Scope: card-groups.
         */
        post: operations["importCustomerGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchant-groups/{code}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import members as a file
         * @description One a line: the id of a merchant, as it is or as a JSON text, or {"merchant":…}. Where a live campaign names the group, the import ends with a "proposal" that another person approves.
         *
         *     Plain or gzip. All or nothing: if one line is wrong, the first wrong lines are named by their numbers and nothing changes.
         *     The old members serve until the new ones are whole. The answer comes when the import has ended; meanwhile `GET /v1/imports` shows how far it is. A file that has come whole goes on when its sender leaves.
         *     The same file again changes nothing. One import at a time for a group.
         *
         *     Scope: merchants.
         */
        post: operations["importMerchantGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchants/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enrol merchants from a file
         * @description NDJSON: a merchant a line, as PUT /v1/merchants/{id} takes it; what a line leaves out stays as it is. "add" enrols and changes who is named;
         *     "replace": the file is the whole list, and who is not in it leaves; "remove": who is in it leaves. Lines that change fees, "feeOnRefund" or "clearingSystem"
         *     of stored merchants wait together for another person, at most 500 of them: the import ends with a "proposal".
         *
         *     Plain or gzip. All or nothing: if one line is wrong, the first wrong lines are named by their numbers and nothing changes.
         *     The old members serve until the new ones are whole. The answer comes when the import has ended; meanwhile `GET /v1/imports` shows how far it is. A file that has come whole goes on when its sender leaves.
         *     The same file again changes nothing. One import at a time for a group.
         *
         *     Scope: merchants.
         */
        post: operations["importMerchants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/oidc/back-channel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The identity provider says who has signed out there: those sessions end (OpenID Connect Back-Channel Logout) */
        post: operations["logoutOidc"];
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
        AccountBalance: {
            account: string;
            opening: number;
            debit: number;
            credit: number;
            closing: number;
        };
        AccountPage: {
            accounts: components["schemas"]["AccountBalance"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        AcknowledgementRequest: {
            /** @enum {string} */
            outcome: "accepted" | "refused";
            /** @description of the file that was received; compared when given */
            sha256?: string;
            /** @description why it was refused */
            reasons?: {
                /** @description which row of the file, from 1; absent: the whole file */
                row?: number;
                code?: string;
                message: string;
            }[];
        };
        AmountBenefit: {
            /** @enum {string} */
            type: "reduce";
            tiers: {
                atLeast: number;
                off: number | ({
                    min: number;
                    max: number;
                    step?: number;
                } | {
                    layers: {
                        weight: number;
                        min: number;
                        max: number;
                        step?: number;
                    }[];
                });
                /** @description for each full atLeast, off once */
                every?: boolean;
            }[];
            cap?: number;
            /** @description default 1 fen */
            minPayable?: number;
        } | {
            /** @enum {string} */
            type: "percent";
            tiers: {
                atLeast: number;
                payPpm: number | ({
                    min: number;
                    max: number;
                    step?: number;
                } | {
                    layers: {
                        weight: number;
                        min: number;
                        max: number;
                        step?: number;
                    }[];
                });
            }[];
            cap?: number;
            /** @description default 1 fen */
            minPayable?: number;
        } | {
            /** @enum {string} */
            type: "fixedPrice";
            price: number;
            upTo?: number;
            cap?: number;
            /** @description default 1 fen */
            minPayable?: number;
        };
        ApiKeyAnswer: {
            id: string;
            /** @description absent: it is the token of a person */
            client?: string;
            /** @description whose token it is */
            person?: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            expiresAt?: string;
            /** @description of a token, to the minute */
            lastUsedAt?: string;
            /** @description instant with offset */
            revokedAt?: string;
        };
        ApiKeyMade: {
            id: string;
            /** @description absent: it is the token of a person */
            client?: string;
            /** @description whose token it is */
            person?: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            expiresAt?: string;
            /** @description of a token, to the minute */
            lastUsedAt?: string;
            /** @description instant with offset */
            revokedAt?: string;
            /** @description shown this once; only its hash is stored */
            key: string;
        };
        ApiKeyPage: {
            keys: components["schemas"]["ApiKeyAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ApiKeyRequest: {
            client: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
        };
        ApiKeyWaiting: {
            id: string;
            /** @description absent: it is the token of a person */
            client?: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            /** @description shown this once; only its hash is stored */
            key: string;
            /** @description until it is approved the key opens nothing */
            proposal: components["schemas"]["ProposalAnswer"];
        };
        ApprovalCounts: {
            /** @description what the one who asks may decide */
            waiting: number;
            /** @description what the one who asks has proposed and nobody has decided */
            made: number;
            byKind: {
                /** @enum {string} */
                kind: "campaign" | "rule_template" | "resume" | "partner" | "receipt" | "withdrawal" | "credit_line" | "transfer" | "collection" | "cycle_adjustment" | "case_resolution" | "card_usage" | "routing" | "resume_route" | "shared_pool" | "merchant_fees" | "card_group" | "customer_group" | "merchant_group" | "clearing_system" | "bill_layout" | "acknowledgement" | "early_close" | "replacement" | "client" | "api_key" | "branch" | "person" | "recovery" | "role" | "approval_policy" | "delegation" | "erasure";
                waiting: number;
            }[];
        };
        ApprovalLine: {
            id: number;
            kind: string;
            /** @description what the kind is called */
            title: {
                en: string;
                zh: string;
            };
            /** @description what it is about: a partner, a campaign, a case */
            subject: string;
            /** @description what it changes from; null: nothing stands there */
            before: unknown;
            /** @description what it changes to: as it was entered, and what the checker must know beside it */
            body: {
                [key: string]: unknown;
            };
            /** @description what differs, in business words; at most 500 */
            changes: components["schemas"]["Change"][];
            /** @description in a list: before, body and most changes are left out; read it by its id */
            isCut?: boolean;
            /** @description send it with the approval: SHA-256 (hex) of the canonical JSON of [kind, subject, before, body], what you were shown */
            hash: string;
            version: number;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
            branch: string;
            amountFen?: number;
            /** @description the key or person that has made it */
            maker: string;
            /** @description the person behind the key */
            makerPerson?: string;
            madeAt: string;
            /** @description so many others approve it */
            needs: number;
            /** @description so many have */
            approvals: number;
            expiresAt?: string;
            checker?: string;
            checkedAt?: string;
            reason?: string;
            may: {
                decide: boolean;
                /** @enum {string} */
                not?: "own" | "machine" | "scope" | "role" | "branch" | "approved" | "ended";
                onBehalfOf?: string;
            };
        };
        ApprovalPage: {
            approvals: components["schemas"]["ApprovalLine"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ApprovalPolicyPage: {
            kinds: {
                /** @enum {string} */
                kind: "any" | "campaign" | "rule_template" | "resume" | "partner" | "receipt" | "withdrawal" | "credit_line" | "transfer" | "collection" | "cycle_adjustment" | "case_resolution" | "card_usage" | "routing" | "resume_route" | "shared_pool" | "merchant_fees" | "card_group" | "customer_group" | "merchant_group" | "clearing_system" | "bill_layout" | "acknowledgement" | "early_close" | "replacement" | "client" | "api_key" | "branch" | "person" | "recovery" | "role" | "approval_policy" | "delegation" | "erasure";
                policies: {
                    /** @description from this amount on; 0: from the beginning */
                    fromFen: number;
                    approvers: number;
                    /** @description approvers are of another branch than the maker */
                    otherBranch: boolean;
                    /** @description one of these, beside the right of the kind; absent: the right is enough */
                    roles?: string[];
                    expiresAfterHours: number;
                }[];
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ApprovalPolicyRequest: {
            /** @description none: the kind is decided as "any" */
            policies: {
                /** @description from this amount on; 0: from the beginning */
                fromFen: number;
                approvers: number;
                /** @description approvers are of another branch than the maker */
                otherBranch: boolean;
                /** @description one of these, beside the right of the kind; absent: the right is enough */
                roles?: string[];
                expiresAfterHours: number;
            }[];
        };
        ApproveRequest: {
            hash: string;
            version?: number;
        };
        AttemptAnswer: {
            mid: string;
            channel: string;
            pool: string;
            /** @description the channel's cost, in fen */
            costEstimate: number;
            /**
             * @description its pool is out for its success rate, and this payment tries it
             * @enum {boolean}
             */
            probe?: true;
            /** @enum {string} */
            state: "reserved" | "succeeded" | "failed" | "expired";
            /**
             * @description timeout with state reserved: nobody knows yet
             * @enum {string}
             */
            failure?: "declined" | "channel_error" | "timeout";
            upstreamSerial?: string;
            at: string;
            /** @description while it is reserved */
            holdExpiresAt?: string;
        };
        AuditEvent: {
            id: number;
            /** @description instant with offset */
            at: string;
            businessDate: string;
            /** @description id of the API key or person; "database/…": nobody asked, or not over the API */
            actor: string;
            person?: string;
            branch?: string;
            session?: string;
            address?: string;
            request?: string;
            /** @description the login of the database that wrote */
            via: string;
            operation: string;
            /** @enum {string} */
            act: "insert" | "update" | "delete" | "sign_in" | "refusal" | "read";
            subject: {
                kind: string;
                /** @description "*": more than 100 rows at once */
                id: string;
            };
            /** @enum {string} */
            result: "done" | "refused";
            /** @description SHA-256 of the row, everything in it included */
            beforeHash?: string;
            /** @description SHA-256 of the row, everything in it included */
            afterHash?: string;
            /** @description by field: before and after, "***" for what is sensitive; of other acts what else there is to say */
            diff?: {
                [key: string]: unknown;
            };
            /** @description it stands in the chain: a change of it would be found */
            sealed: boolean;
        };
        AuditPage: {
            events: components["schemas"]["AuditEvent"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        BacktestBudget: {
            /** @description as refusals name it: CAMPAIGN/OFFER#budget */
            limit: string;
            /** @enum {string} */
            kind: "budget" | "limit" | "funds";
            period: string;
            /** @enum {string} */
            measure: "discount" | "gross";
            /** @description absent: no limit on the amount */
            amount?: number;
            count?: number;
            /** @description codes of the offers that share it */
            offers: string[];
            /** @description over the whole file: net discount of its offers, or their share of a balance, or gross amounts */
            spent: number;
            /** @description over the whole file, less voids and reversals */
            uses: number;
            refusals: number;
            /** @description periods in which it refused somebody */
            periodsRunOut: number;
            /** @description absent: it never ran out */
            firstRefusal?: {
                /** @description as the line of the payment says it */
                at: string;
                serial: string;
                leftAmount?: number;
                leftCount?: number;
            };
            days: {
                date: components["schemas"]["IsoDate"];
                spent: number;
                uses: number;
            }[];
        };
        BacktestLines: {
            lines: number;
            /** @description distinct, and paid; what shares of payments are shares of */
            payments: number;
            /** @description gross, of these payments */
            amount: number;
            /** @description distinct, of these payments; exact but for 64-bit hashes that collide */
            cards: number;
            /** @description distinct, of these payments */
            merchants: number;
            /** @description payments with outcome failure: they cost nothing */
            failed: number;
            /** @description lines that came, also those that are refused */
            refunds: number;
            voids: number;
            reversals: number;
            /** @description lines that came again under their serial with the same body: counted once */
            repeated: number;
            /** @description lines under the serial of another body: not counted */
            errors: number;
            /** @description earliest instant of a payment, as its line says it */
            from?: string;
            to?: string;
        };
        BacktestOffer: {
            campaign: string;
            offer: string;
            name: string;
            /** @enum {string} */
            kind: "amount" | "fee";
            uses: number;
            given: number;
            returned: number;
            discount: number;
            /** @description of payments, paid or failed, that did not get it; in precedence order */
            refusals: {
                reason: components["schemas"]["Reason"];
                count: number;
            }[];
        };
        BacktestReport: {
            /** @description of every amount, in its minor unit; a file in several gives a report for each */
            currency: string;
            /** @description of the first campaign of A: days are its days */
            timeZone: string;
            lines: components["schemas"]["BacktestLines"];
            /** @description on which there was a payment */
            days: {
                date: components["schemas"]["IsoDate"];
                payments: number;
                amount: number;
            }[];
            a: components["schemas"]["BacktestSide"];
            /** @description the same file under --against */
            b?: components["schemas"]["BacktestSide"];
            difference?: {
                /** @description by metric */
                totals: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
                /** @description discount */
                days: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
                /** @description discount, by offer code */
                offers: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
                /** @description by offer code */
                uses: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
                /** @description discount */
                merchants: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
                /** @description discount */
                funders: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
                /** @description spent */
                budgets: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
                /** @description by reason */
                refusals: {
                    key: string;
                    a: number;
                    b: number;
                    /** @description a - b */
                    difference: number;
                }[];
            };
        };
        BacktestRequest: {
            /** @description sent again, it is the run that is there */
            serial: string;
            /** @description stored campaigns: put a draft first */
            campaigns: {
                code: string;
                /** @description absent: the newest */
                version?: number;
            }[];
            /** @description to compare with: A, B, and A - B */
            against?: {
                code: string;
                /** @description absent: the newest */
                version?: number;
            }[];
            /** @description payments of these dates, as far as they are stored; absent: a file follows at …/payments */
            days?: {
                from: components["schemas"]["IsoDate"];
                to: components["schemas"]["IsoDate"];
            };
        };
        BacktestRunAnswer: {
            id: number;
            serial: string;
            campaigns: {
                code: string;
                version: number;
            }[];
            against?: {
                code: string;
                version: number;
            }[];
            days?: {
                from: string;
                to: string;
            };
            /** @enum {string} */
            state: "waiting_file" | "queued" | "running" | "done" | "failed" | "cancelled" | "expired";
            linesDone: number;
            /** @description known once it runs */
            linesTotal?: number;
            /** @description counts starts: a process that died is followed by another */
            attempt: number;
            cancelRequested: boolean;
            requestedBy: string;
            /** @description instant with offset */
            requestedAt: string;
            /** @description instant with offset */
            startedAt?: string;
            /** @description instant with offset */
            finishedAt?: string;
            /** @description then the reports go */
            expiresAt?: string;
            failure?: string;
        };
        BacktestRunPage: {
            /** @description newest first */
            backtests: components["schemas"]["BacktestRunAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        BacktestRunRead: {
            id: number;
            serial: string;
            campaigns: {
                code: string;
                version: number;
            }[];
            against?: {
                code: string;
                version: number;
            }[];
            days?: {
                from: string;
                to: string;
            };
            /** @enum {string} */
            state: "waiting_file" | "queued" | "running" | "done" | "failed" | "cancelled" | "expired";
            linesDone: number;
            /** @description known once it runs */
            linesTotal?: number;
            /** @description counts starts: a process that died is followed by another */
            attempt: number;
            cancelRequested: boolean;
            requestedBy: string;
            /** @description instant with offset */
            requestedAt: string;
            /** @description instant with offset */
            startedAt?: string;
            /** @description instant with offset */
            finishedAt?: string;
            /** @description then the reports go */
            expiresAt?: string;
            failure?: string;
            /** @description one for each currency; the 500 merchants with most discount */
            reports?: components["schemas"]["BacktestReport"][];
        };
        BacktestSide: {
            campaigns: {
                code: string;
                name: string;
            }[];
            /** @description a campaign each, in this currency; none without a payment */
            summaries: {
                /** @description SHA-256 of the document as canonical JSON */
                documentHash: string;
                currency: string;
                /** @description first day of a payment in the file, in the time zone of the campaign */
                from: components["schemas"]["IsoDate"];
                to: components["schemas"]["IsoDate"];
                /** @description days on which there was a payment */
                paymentDays: number;
                /** @description distinct and paid, in the file */
                payments: number;
                /** @description payments that got it */
                uses: number;
                /** @description gross, of these payments */
                amount: number;
                given: number;
                /** @description by refunds, voids and reversals */
                returned: number;
                offers: {
                    offer: string;
                    /** @description payments that got it */
                    uses: number;
                    /** @description gross, of these payments */
                    amount: number;
                    given: number;
                    /** @description by refunds, voids and reversals */
                    returned: number;
                }[];
                days: {
                    date: components["schemas"]["IsoDate"];
                    /** @description payments that got it */
                    uses: number;
                    /** @description gross, of these payments */
                    amount: number;
                    given: number;
                    /** @description by refunds, voids and reversals */
                    returned: number;
                }[];
                campaign: string;
            }[];
            totals: components["schemas"]["BacktestTotals"];
            /** @description on which something was given or returned */
            days: {
                date: components["schemas"]["IsoDate"];
                reached: number;
                given: number;
                returned: number;
                discount: number;
            }[];
            offers: components["schemas"]["BacktestOffer"][];
            /** @description at which an offer was given, largest discount first */
            merchants: {
                merchant: string;
                name?: string;
                payments: number;
                amount: number;
                reached: number;
                given: number;
                returned: number;
                discount: number;
            }[];
            funders: {
                partner: string;
                given: number;
                returned: number;
                discount: number;
            }[];
            budgets: components["schemas"]["BacktestBudget"][];
            /** @description of all offers together */
            refusals: {
                reason: components["schemas"]["Reason"];
                count: number;
            }[];
            /** @description refunds, voids, reversals; without_offer: of a payment that got none */
            refusedEvents: {
                reason: string;
                count: number;
            }[];
            /** @description payments by what they were given, from the least bucket to the greatest that is not empty */
            discounts: {
                from: number;
                below: number;
                payments: number;
            }[];
        };
        BacktestSummary: {
            /** @description SHA-256 of the document as canonical JSON */
            documentHash: string;
            currency: string;
            /** @description first day of a payment in the file, in the time zone of the campaign */
            from: components["schemas"]["IsoDate"];
            to: components["schemas"]["IsoDate"];
            /** @description days on which there was a payment */
            paymentDays: number;
            /** @description distinct and paid, in the file */
            payments: number;
            /** @description payments that got it */
            uses: number;
            /** @description gross, of these payments */
            amount: number;
            given: number;
            /** @description by refunds, voids and reversals */
            returned: number;
            offers: {
                offer: string;
                /** @description payments that got it */
                uses: number;
                /** @description gross, of these payments */
                amount: number;
                given: number;
                /** @description by refunds, voids and reversals */
                returned: number;
            }[];
            days: {
                date: components["schemas"]["IsoDate"];
                /** @description payments that got it */
                uses: number;
                /** @description gross, of these payments */
                amount: number;
                given: number;
                /** @description by refunds, voids and reversals */
                returned: number;
            }[];
        };
        BacktestTotals: {
            /** @description given - returned = instant + rebate + feeSaved: what it costs */
            discount: number;
            given: number;
            returned: number;
            /** @description money off at the till, net */
            instant: number;
            /** @description paid back later, net */
            rebate: number;
            /** @description by fee offers, net */
            feeSaved: number;
            /** @description offers given by payments that succeeded */
            uses: number;
            /** @description payments that got an offer, also those taken back later */
            paymentsReached: number;
            paymentsReachedPpm: number;
            cardsReached: number;
            cardsReachedPpm: number;
            /** @description gross, of the payments reached */
            amountReached: number;
        };
        BillImportAnswer: {
            id: number;
            layout: string;
            source: string;
            client?: string;
            date: string;
            name?: string;
            /**
             * @description cut_off: nothing was accepted, send it again
             * @enum {string}
             */
            state: "reading" | "accepted" | "refused" | "cut_off";
            /** @description true: this very file had been accepted before; nothing was changed */
            again?: boolean;
            sha256?: string;
            bytes: number;
            lines: number;
            /** @description of them, those that another file had brought before */
            knownLines: number;
            errors?: {
                path: string;
                message: string;
                messageZh?: string;
            }[];
            /** @description instant with offset */
            startedAt: string;
            /** @description instant with offset */
            endedAt?: string;
        };
        BillImportPage: {
            imports: components["schemas"]["BillImportAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        BillLayout: {
            code: string;
            name: string;
            /** @enum {string} */
            basis: "transactions" | "bill" | "acknowledgement" | "bank" | "account";
            /** @description whose file it is: lines of one source are accepted once */
            source: string;
            /** @enum {string} */
            encoding: "utf-8" | "gb18030";
            form: {
                /** @enum {string} */
                type: "delimited";
                delimiter: string;
                /** @default false */
                quotes: boolean;
                /**
                 * @default names
                 * @enum {string}
                 */
                header: "names" | "none";
                /** @description how many, where no header says so */
                columns?: number;
            } | {
                /** @enum {string} */
                type: "fixed";
                /** @description in bytes */
                widths: number[];
                /** @default 0 */
                separatorBytes: number;
            } | {
                /** @enum {string} */
                type: "ndjson";
            };
            /** @description stripped once from the front of every cell */
            prefix?: string;
            /**
             * @description spaces and tabs around a cell
             * @default true
             */
            trim: boolean;
            /** @description lines that begin so are no rows */
            comment?: string;
            /** @description lines whose first cell is one of these are no rows */
            ignore?: string[];
            /** @enum {string} */
            unit: "fen" | "yuan" | "yuan5";
            /** @default +08:00 */
            utcOffset: string;
            /** @description a value that is not listed refuses the file */
            kind: {
                /** @enum {string} */
                is: "payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout";
            } | {
                /** @description name in the header, or position from 1 */
                column: string | number;
                values: {
                    [key: string]: "payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout";
                };
            } | {
                /**
                 * @description amount above 0: receipt, below: payout
                 * @enum {boolean}
                 */
                bySign: true;
            };
            /** @description absent: every line is a success; of several every one must say so */
            state?: {
                /** @description name in the header, or position from 1 */
                column: string | number;
                success: string[];
                failure: string[];
                /**
                 * @description of what is listed nowhere; absent: a value that is not listed refuses the file
                 * @enum {string}
                 */
                otherwise?: "failure";
                /** @description absent: lines of all kinds have it */
                kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
            } | {
                /** @description name in the header, or position from 1 */
                column: string | number;
                success: string[];
                failure: string[];
                /**
                 * @description of what is listed nowhere; absent: a value that is not listed refuses the file
                 * @enum {string}
                 */
                otherwise?: "failure";
                /** @description absent: lines of all kinds have it */
                kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
            }[];
            fields: {
                /** @description the transaction system's serial */
                serial?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                originalSerial?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                /** @description the other side's own number: bank reference, query id */
                reference?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                /** @description whose serial it is, where a file has several */
                client?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                offer?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                /** @description stored masked: first six, last four */
                card?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                amount?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                discount?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                payable?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                fee?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                /** @description of the account after this line */
                balance?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                /** @description without YYYY the year is the one nearest to the date of the file */
                at?: {
                    /** @description joined by a space */
                    columns: (string | number)[];
                    format: string | "ISO";
                };
            };
            /** @description what is different for lines of this kind */
            when?: {
                [key: string]: {
                    /** @description the transaction system's serial */
                    serial?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    originalSerial?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    /** @description the other side's own number: bank reference, query id */
                    reference?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    /** @description whose serial it is, where a file has several */
                    client?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    offer?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    /** @description stored masked: first six, last four */
                    card?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    amount?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    discount?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    payable?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    fee?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description of the account after this line */
                    balance?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description without YYYY the year is the one nearest to the date of the file */
                    at?: {
                        /** @description joined by a space */
                        columns: (string | number)[];
                        format: string | "ISO";
                    };
                };
            };
            /** @description what tells lines of this source apart; absent: kind and serial, else kind and reference */
            key?: (string | number)[];
            /** @description a line in another currency refuses the file: amounts of two currencies are never added */
            currency?: {
                /** @description name in the header, or position from 1 */
                column: string | number;
                /** @description what stands there for yuan; absent: a code of ISO 4217 (blank: CNY), the same in all lines */
                is?: string[];
                /**
                 * @description the file may be without this column
                 * @enum {boolean}
                 */
                optional?: true;
            };
            checks?: {
                kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                left: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                /** @description left and right are the same in every line */
                right: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
            }[];
            /**
             * @description each balance follows from the one before
             * @enum {string}
             */
            balance?: "oldestFirst" | "newestFirst";
            /** @description a file without it is torn */
            trailer?: {
                /**
                 * @description a second header line and one line of values
                 * @enum {string}
                 */
                type: "table";
                startsWith: string;
                totals: {
                    /** @description place in the line of totals: a name or position, or the name of a {placeholder} */
                    at: string | number;
                    count?: boolean;
                    sum?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description absent: of all lines */
                    kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                }[];
            } | {
                /**
                 * @description one line whose first cell says so; of NDJSON: an object under this key
                 * @enum {string}
                 */
                type: "record";
                startsWith: string;
                totals: {
                    /** @description place in the line of totals: a name or position, or the name of a {placeholder} */
                    at: string | number;
                    count?: boolean;
                    sum?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description absent: of all lines */
                    kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                }[];
            } | {
                /**
                 * @description lines of text with {placeholders} for numbers
                 * @enum {string}
                 */
                type: "sentences";
                sentences: string[];
                totals: {
                    /** @description place in the line of totals: a name or position, or the name of a {placeholder} */
                    at: string | number;
                    count?: boolean;
                    sum?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description absent: of all lines */
                    kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                }[];
            };
            /** @description payment methods of which every payment stands in this bill: what is missing there is short */
            covers?: string[];
        };
        BillLayoutInput: {
            code: string;
            name: string;
            /** @enum {string} */
            basis: "transactions" | "bill" | "acknowledgement" | "bank" | "account";
            /** @description whose file it is: lines of one source are accepted once */
            source: string;
            /** @enum {string} */
            encoding: "utf-8" | "gb18030";
            form: {
                /** @enum {string} */
                type: "delimited";
                delimiter: string;
                /** @default false */
                quotes: boolean;
                /**
                 * @default names
                 * @enum {string}
                 */
                header: "names" | "none";
                /** @description how many, where no header says so */
                columns?: number;
            } | {
                /** @enum {string} */
                type: "fixed";
                /** @description in bytes */
                widths: number[];
                /** @default 0 */
                separatorBytes: number;
            } | {
                /** @enum {string} */
                type: "ndjson";
            };
            /** @description stripped once from the front of every cell */
            prefix?: string;
            /**
             * @description spaces and tabs around a cell
             * @default true
             */
            trim: boolean;
            /** @description lines that begin so are no rows */
            comment?: string;
            /** @description lines whose first cell is one of these are no rows */
            ignore?: string[];
            /** @enum {string} */
            unit: "fen" | "yuan" | "yuan5";
            /** @default +08:00 */
            utcOffset: string;
            /** @description a value that is not listed refuses the file */
            kind: {
                /** @enum {string} */
                is: "payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout";
            } | {
                /** @description name in the header, or position from 1 */
                column: string | number;
                values: {
                    [key: string]: "payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout";
                };
            } | {
                /**
                 * @description amount above 0: receipt, below: payout
                 * @enum {boolean}
                 */
                bySign: true;
            };
            /** @description absent: every line is a success; of several every one must say so */
            state?: {
                /** @description name in the header, or position from 1 */
                column: string | number;
                success: string[];
                failure: string[];
                /**
                 * @description of what is listed nowhere; absent: a value that is not listed refuses the file
                 * @enum {string}
                 */
                otherwise?: "failure";
                /** @description absent: lines of all kinds have it */
                kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
            } | {
                /** @description name in the header, or position from 1 */
                column: string | number;
                success: string[];
                failure: string[];
                /**
                 * @description of what is listed nowhere; absent: a value that is not listed refuses the file
                 * @enum {string}
                 */
                otherwise?: "failure";
                /** @description absent: lines of all kinds have it */
                kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
            }[];
            fields: {
                /** @description the transaction system's serial */
                serial?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                originalSerial?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                /** @description the other side's own number: bank reference, query id */
                reference?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                /** @description whose serial it is, where a file has several */
                client?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                offer?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                /** @description stored masked: first six, last four */
                card?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                };
                amount?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                discount?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                payable?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                fee?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                /** @description of the account after this line */
                balance?: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                /** @description without YYYY the year is the one nearest to the date of the file */
                at?: {
                    /** @description joined by a space */
                    columns: (string | number)[];
                    format: string | "ISO";
                };
            };
            /** @description what is different for lines of this kind */
            when?: {
                [key: string]: {
                    /** @description the transaction system's serial */
                    serial?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    originalSerial?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    /** @description the other side's own number: bank reference, query id */
                    reference?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    /** @description whose serial it is, where a file has several */
                    client?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    offer?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    /** @description stored masked: first six, last four */
                    card?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                    };
                    amount?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    discount?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    payable?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    fee?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description of the account after this line */
                    balance?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description without YYYY the year is the one nearest to the date of the file */
                    at?: {
                        /** @description joined by a space */
                        columns: (string | number)[];
                        format: string | "ISO";
                    };
                };
            };
            /** @description what tells lines of this source apart; absent: kind and serial, else kind and reference */
            key?: (string | number)[];
            /** @description a line in another currency refuses the file: amounts of two currencies are never added */
            currency?: {
                /** @description name in the header, or position from 1 */
                column: string | number;
                /** @description what stands there for yuan; absent: a code of ISO 4217 (blank: CNY), the same in all lines */
                is?: string[];
                /**
                 * @description the file may be without this column
                 * @enum {boolean}
                 */
                optional?: true;
            };
            checks?: {
                kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                left: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
                /** @description left and right are the same in every line */
                right: {
                    /** @description name in the header, or position from 1 */
                    column: string | number;
                    /**
                     * @description absent: the layout's
                     * @enum {string}
                     */
                    unit?: "fen" | "yuan" | "yuan5";
                    /**
                     * @description first character C = +, D = −, blank = not set
                     * @enum {string}
                     */
                    sign?: "letter";
                    negate?: boolean;
                }[];
            }[];
            /**
             * @description each balance follows from the one before
             * @enum {string}
             */
            balance?: "oldestFirst" | "newestFirst";
            /** @description a file without it is torn */
            trailer?: {
                /**
                 * @description a second header line and one line of values
                 * @enum {string}
                 */
                type: "table";
                startsWith: string;
                totals: {
                    /** @description place in the line of totals: a name or position, or the name of a {placeholder} */
                    at: string | number;
                    count?: boolean;
                    sum?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description absent: of all lines */
                    kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                }[];
            } | {
                /**
                 * @description one line whose first cell says so; of NDJSON: an object under this key
                 * @enum {string}
                 */
                type: "record";
                startsWith: string;
                totals: {
                    /** @description place in the line of totals: a name or position, or the name of a {placeholder} */
                    at: string | number;
                    count?: boolean;
                    sum?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description absent: of all lines */
                    kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                }[];
            } | {
                /**
                 * @description lines of text with {placeholders} for numbers
                 * @enum {string}
                 */
                type: "sentences";
                sentences: string[];
                totals: {
                    /** @description place in the line of totals: a name or position, or the name of a {placeholder} */
                    at: string | number;
                    count?: boolean;
                    sum?: {
                        /** @description name in the header, or position from 1 */
                        column: string | number;
                        /**
                         * @description absent: the layout's
                         * @enum {string}
                         */
                        unit?: "fen" | "yuan" | "yuan5";
                        /**
                         * @description first character C = +, D = −, blank = not set
                         * @enum {string}
                         */
                        sign?: "letter";
                        negate?: boolean;
                    }[];
                    /** @description absent: of all lines */
                    kinds?: ("payment" | "refund" | "void" | "reversal" | "fee" | "dispute" | "receipt" | "payout")[];
                }[];
            };
            /** @description payment methods of which every payment stands in this bill: what is missing there is short */
            covers?: string[];
        };
        BranchPage: {
            branches: {
                code: string;
                name: string;
                parent?: string;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        BranchRequest: {
            name: string;
            /** @description the branch above; absent: head-office, which is above all others */
            parent?: string;
        };
        Budget: {
            amount?: number;
            count?: number;
        };
        CampaignAnswer: {
            code: string;
            name: string;
            /** @description version of the document shown */
            version: number;
            /**
             * @description of that version
             * @enum {string}
             */
            state: "not_approved" | "approved";
            latestVersion: number;
            /** @description the version that payments meet; absent: none was approved yet */
            liveVersion?: number;
            /** @description API key that sent this version */
            maker: string;
            checker?: string;
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            approvedAt?: string;
            /** @description branch that it belongs to */
            branch?: string;
            /** @description the version of which its first one is a copy */
            copiedFrom?: {
                campaign: string;
                version: number;
            };
            /** @description what waits for a second person: this version, in GET /v1/approvals */
            proposal?: number;
            /** @description of what would change: send it with the approval */
            hash?: string;
            suspensions: components["schemas"]["SuspensionAnswer"][];
            /** @description of the document just stored or approved; absent: none */
            warnings?: components["schemas"]["DocumentWarning"][];
            /** @description the back-test that whoever approves this version goes by; absent: none was kept in time */
            promise?: {
                summary: components["schemas"]["BacktestSummary"];
                /** @description API key that stored it */
                ranBy: string;
                /** @description instant with offset */
                ranAt: string;
            };
            /** @description the template that this version was made from; absent: none */
            origin?: components["schemas"]["CampaignOrigin"];
            document: components["schemas"]["CampaignShape"];
        };
        CampaignLimit: {
            /** @description unique within its offer or campaign; what was used stays with it in a new version */
            id?: string;
            /** @description [] = the offer, or the campaign, as a whole */
            per: ("merchant" | "subMerchant" | "card" | "customer" | "terminal" | "user")[];
            /** @enum {string} */
            period: "total" | "day" | "week" | "month" | "quarter" | "year";
            amount?: number;
            count?: number;
            /**
             * @description what amount counts: the discount (default), or the request's amount
             * @enum {string}
             */
            measure?: "discount" | "gross";
            /**
             * @description what happens when less is left: refuse (default), or give what is left
             * @enum {string}
             */
            onShort?: "refuse" | "clip";
            /** @description only these offers of the campaign share it */
            offers?: string[];
        };
        CampaignLine: {
            code: string;
            name: string;
            /** @description version of the document shown */
            version: number;
            /**
             * @description of that version
             * @enum {string}
             */
            state: "not_approved" | "approved";
            latestVersion: number;
            /** @description the version that payments meet; absent: none was approved yet */
            liveVersion?: number;
            /** @description API key that sent this version */
            maker: string;
            checker?: string;
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            approvedAt?: string;
            /** @description branch that it belongs to */
            branch?: string;
            /** @description the version of which its first one is a copy */
            copiedFrom?: {
                campaign: string;
                version: number;
            };
            suspensions: components["schemas"]["SuspensionAnswer"][];
            /** @description of the newest version */
            from: string;
            to?: string;
            /** @description payments may meet it now: a live version, within its dates, not suspended */
            live: boolean;
            /** @description only where they are asked for */
            offers?: components["schemas"]["OfferLine"][];
        };
        CampaignOrigin: {
            template: string;
            version: number;
            parameters: components["schemas"]["ParameterValues"];
        };
        CampaignPage: {
            campaigns: components["schemas"]["CampaignLine"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        CampaignShape: {
            /** @description address of the JSON Schema, for an editor */
            $schema?: string;
            code: string;
            name: string;
            timeZone: string;
            from: components["schemas"]["IsoDate"];
            /** @description absent = open-ended */
            to?: components["schemas"]["IsoDate"];
            /** @description the day's edge: from 12:00 on, day D begins on D-1 at that time; earlier, on D */
            dayStart?: string;
            /** @default CNY */
            currency: string;
            /** @enum {string} */
            paymentMode: "prepay" | "postpay";
            /** @enum {string} */
            fundingCycle?: "day" | "week" | "month" | "quarter" | "end";
            funders: components["schemas"]["Funder"][];
            budget?: components["schemas"]["Budget"];
            limits?: components["schemas"]["CampaignLimit"][];
            offers: components["schemas"]["Offer"][];
        };
        CampaignShapeInput: {
            /** @description address of the JSON Schema, for an editor */
            $schema?: string;
            code: string;
            name: string;
            timeZone: string;
            from: components["schemas"]["IsoDate"];
            /** @description absent = open-ended */
            to?: components["schemas"]["IsoDate"];
            /** @description the day's edge: from 12:00 on, day D begins on D-1 at that time; earlier, on D */
            dayStart?: string;
            /** @default CNY */
            currency: string;
            /** @enum {string} */
            paymentMode: "prepay" | "postpay";
            /** @enum {string} */
            fundingCycle?: "day" | "week" | "month" | "quarter" | "end";
            funders: components["schemas"]["Funder"][];
            budget?: components["schemas"]["Budget"];
            limits?: components["schemas"]["CampaignLimit"][];
            offers: components["schemas"]["Offer"][];
        };
        CampaignUsage: {
            campaign: string;
            name: string;
            /** @description whose limits these are: the live one, else the newest */
            version: number;
            /** @description that version was approved */
            live: boolean;
            currency: string;
            /** @description instant with offset */
            asOf: string;
            limits: components["schemas"]["LimitUsage"][];
        };
        CapacityLimit: {
            /** @enum {string} */
            part: "channels" | "mids" | "pools";
            code: string;
            /**
             * @description dailyAmount, in fen, or dailyCount, in payments
             * @enum {string}
             */
            measure: "amount" | "count";
            limit: number;
            /** @description reserved; its payments have no result yet */
            held: number;
            used: number;
            /** @description came beside the limit (a success after expiry) and takes room too */
            over: number;
            /** @description held + used + over, of the limit */
            sharePpm: number;
            /** @description instant with offset at which 99 % of it are taken, past when they are; null: not today, or not told yet */
            exhaustsAt: string | null;
            /** @description of the whole day, as far as demand goes; null: not told yet */
            expected: number | null;
            basis: {
                /**
                 * @description same_weekday: the curve of earlier days; pace: no history, today so far over the hours in which it is open
                 * @enum {string}
                 */
                from: "same_weekday" | "pace";
                /** @description so many earlier days */
                days: number;
            } | null;
            message: string;
            messageZh: string;
        };
        CapacityPage: {
            /** @description today in the time zone of the routing document */
            day: string;
            timeZone: string;
            /** @description when forecasts were last made (once a minute); null: never yet. Held, used and over are as of now */
            toldAt: string | null;
            limits: components["schemas"]["CapacityLimit"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        Card: {
            pan: string;
        } | components["schemas"]["CardByToken"];
        CardByToken: {
            token: string;
            /** @description more than 8 (6 of a card that has fewer than 16 digits, or of which nobody knows) serve BIN groups only and are not kept */
            bin?: string;
            last4?: string;
            /** @description the card's tokens under earlier token keys of the installation, the last first: limits of running periods count by them */
            earlier?: string[];
        };
        CardCaseAnswer: {
            id: number;
            merchant: string;
            method: string;
            /** @description nearest first; told before the merchant */
            parents: string[];
            /** @enum {string} */
            state: "waiting_explanation" | "waiting_review" | "reopened" | "kept_suspended";
            /** @description in words */
            waitsFor?: string;
            period: string;
            threshold: number;
            scheme?: string;
            /** @description cards over the threshold that the case is about */
            cards: number;
            /** @description the explanation that waits: its hash goes with the decision */
            proposal?: {
                id: number;
                hash: string;
            };
            explanation?: {
                file: string;
                note?: string;
                by: string;
                /** @description instant with offset */
                at: string;
            };
            decision?: {
                reason?: string;
                by: string;
                /** @description instant with offset */
                at: string;
            };
            /** @description instant with offset */
            openedAt: string;
            /** @description instant with offset */
            closedAt?: string;
        };
        CardCasePage: {
            cases: components["schemas"]["CardCaseAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        CardCaseReturnInput: {
            reason: string;
            /**
             * @description true: the case ends and the method stays stopped; else another explanation is asked for
             * @default false
             */
            keepSuspended: boolean;
            hash: string;
        };
        CardCaseWhole: {
            id: number;
            merchant: string;
            method: string;
            /** @description nearest first; told before the merchant */
            parents: string[];
            /** @enum {string} */
            state: "waiting_explanation" | "waiting_review" | "reopened" | "kept_suspended";
            /** @description in words */
            waitsFor?: string;
            period: string;
            threshold: number;
            scheme?: string;
            /** @description cards over the threshold that the case is about */
            cards: number;
            /** @description the explanation that waits: its hash goes with the decision */
            proposal?: {
                id: number;
                hash: string;
            };
            explanation?: {
                file: string;
                note?: string;
                by: string;
                /** @description instant with offset */
                at: string;
            };
            decision?: {
                reason?: string;
                by: string;
                /** @description instant with offset */
                at: string;
            };
            /** @description instant with offset */
            openedAt: string;
            /** @description instant with offset */
            closedAt?: string;
            /** @description the first thousand */
            cardsOver: {
                /** @description the same for the same card; no payment is asked with it */
                cardToken: string;
                period: string;
                count: number;
                /** @description instant with offset */
                overSince: string;
            }[];
            notices: {
                /** @enum {string} */
                kind: "opened" | "reminder" | "returned" | "reopened" | "kept_suspended";
                /** @enum {string} */
                to: "parent" | "merchant";
                code: string;
                /** @description instant with offset */
                at: string;
                attempts: number;
                /** @description absent: not yet, or LIJIAN_NOTICE_URL is not set */
                deliveredAt?: string;
                lastError?: string;
            }[];
            history: {
                /** @description instant with offset */
                at: string;
                what: string;
                by: string;
                words?: string;
            }[];
        };
        CardGroupAnswer: {
            code: string;
            name?: string;
            bins: string[];
            /** @description card tokens in the group; the tokens themselves are not shown */
            cardCount: number;
            /** @description instant with offset */
            updatedAt: string;
        };
        CardGroupPage: {
            groups: {
                code: string;
                name?: string;
                /** @description cards or customers in it; they are not shown */
                members: number;
                updatedBy: string;
                /** @description instant with offset */
                updatedAt: string;
                /** @description BIN prefixes in it */
                bins: number;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        CardGroupRequest: {
            code: string;
            name?: string;
            /** @description absent: they stay */
            bins?: string[];
            /** @description absent: they stay; a million is imported as a file */
            cards?: string[];
        };
        CardUsageCount: {
            /** @enum {string} */
            of: "merchant" | "parent";
            /** @description of the merchant or the parent institution */
            code: string;
            /** @description a month such as "2026-11", or a day such as "2026-11-25" */
            period: string;
            /** @description successful payments of this card */
            count: number;
            /** @description the scheme's; absent: it has none for this period */
            threshold?: number;
            /** @enum {string} */
            usage?: "ok" | "near" | "over";
        };
        CardUsageList: {
            /** @enum {string} */
            of: "merchant" | "parent";
            code: string;
            period: string;
            cards: {
                /** @description the same for the same card; no payment is asked with it */
                cardToken: string;
                count: number;
            }[];
        };
        CardUsagePolicy: {
            /**
             * @description the schemes' published thresholds
             * @default [
             *       {
             *         "month": 200
             *       }
             *     ]
             */
            thresholds: {
                /** @description absent: of every scheme that is not named */
                scheme?: string;
                /** @description payments in a calendar month; one more is over */
                month?: number;
                day?: number;
            }[];
            /**
             * @description share of the threshold from which a card is near
             * @default 800000
             */
            nearPpm: number;
            /**
             * @description so many cards over stop the merchant's method
             * @default 1
             */
            cardsOver: number;
            /**
             * @description how often somebody is reminded of an open case
             * @default 24
             */
            remindHours: number;
        };
        CardUsagePolicyInput: {
            /**
             * @description the schemes' published thresholds
             * @default [
             *       {
             *         "month": 200
             *       }
             *     ]
             */
            thresholds: {
                /** @description absent: of every scheme that is not named */
                scheme?: string;
                /** @description payments in a calendar month; one more is over */
                month?: number;
                day?: number;
            }[];
            /**
             * @description share of the threshold from which a card is near
             * @default 800000
             */
            nearPpm: number;
            /**
             * @description so many cards over stop the merchant's method
             * @default 1
             */
            cardsOver: number;
            /**
             * @description how often somebody is reminded of an open case
             * @default 24
             */
            remindHours: number;
        };
        CaseAnswer: {
            id: number;
            /** @description its class: unfunded, paid_mismatch, marketing_missing, over, short … */
            kind: string;
            client: string;
            serial: string;
            merchant?: string;
            /** @description of every amount in it, which is in its minor unit */
            currency: string;
            amount?: number;
            discount?: number;
            paid?: number;
            /** @description whose file says otherwise */
            source?: string;
            businessDate?: string;
            ourState?: string;
            ours?: number;
            theirs?: number;
            /** @description money in hand less what the books say */
            cash?: number;
            /** @description import whose line says so */
            file?: number;
            line?: number;
            evidence?: string;
            /** @enum {string} */
            state: "open" | "closed";
            owner?: string;
            /** @description instant with offset */
            openedAt: string;
            ageSeconds: number;
            /** @description instant with offset */
            remindedAt?: string;
            /** @enum {string} */
            resolution?: "accept" | "grant" | "adjust" | "write_off";
            /** @description proposal that two people have made and approved */
            resolvedBy?: number;
            /** @description instant with offset */
            closedAt?: string;
            /** @description how often */
            reopened?: number;
        };
        CaseOwnerRequest: {
            /** @description who looks after it; null: nobody */
            owner: string | null;
        };
        CasePage: {
            cases: components["schemas"]["CaseAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        CaseWithResolutions: {
            id: number;
            /** @description its class: unfunded, paid_mismatch, marketing_missing, over, short … */
            kind: string;
            client: string;
            serial: string;
            merchant?: string;
            /** @description of every amount in it, which is in its minor unit */
            currency: string;
            amount?: number;
            discount?: number;
            paid?: number;
            /** @description whose file says otherwise */
            source?: string;
            businessDate?: string;
            ourState?: string;
            ours?: number;
            theirs?: number;
            /** @description money in hand less what the books say */
            cash?: number;
            /** @description import whose line says so */
            file?: number;
            line?: number;
            evidence?: string;
            /** @enum {string} */
            state: "open" | "closed";
            owner?: string;
            /** @description instant with offset */
            openedAt: string;
            ageSeconds: number;
            /** @description instant with offset */
            remindedAt?: string;
            /** @enum {string} */
            resolution?: "accept" | "grant" | "adjust" | "write_off";
            /** @description proposal that two people have made and approved */
            resolvedBy?: number;
            /** @description instant with offset */
            closedAt?: string;
            /** @description how often */
            reopened?: number;
            resolutions: components["schemas"]["ResolutionAnswer"][];
        };
        Change: {
            path: string;
            field: {
                en: string;
                zh: string;
            };
            /** @description as it reads: amounts in yuan, rates in per cent; null: there was none */
            before: string | null;
            after: string | null;
        };
        ChannelCards: {
            issuer?: string;
            /** @enum {string} */
            cardType?: "credit" | "debit" | "prepaid" | "quasi_credit";
            scheme?: string;
            /** @default 0 */
            costPpm: number;
            costMin?: number;
            costMax?: number;
        };
        ChannelCardsInput: {
            issuer?: string;
            /** @enum {string} */
            cardType?: "credit" | "debit" | "prepaid" | "quasi_credit";
            scheme?: string;
            /** @default 0 */
            costPpm: number;
            costMin?: number;
            costMax?: number;
        };
        CheckAnswer: {
            code: string;
            name: string;
            offers: number;
            /** @description empty: nothing is odd; info: figures */
            warnings: components["schemas"]["DocumentWarning"][];
        };
        ChosenRoute: {
            mid: string;
            channel: string;
            pool: string;
            secretRef?: string;
            /** @description the channel's cost, in fen */
            costEstimate: number;
            /**
             * @description its pool is out for its success rate, and this payment tries it
             * @enum {boolean}
             */
            probe?: true;
        };
        ClearingFileAnswer: {
            id: number;
            /** @description of a settlement file: the settlement date */
            businessDate: components["schemas"]["IsoDate"];
            /** @enum {string} */
            kind: "amount" | "fee" | "rebate" | "settlement";
            clearingSystem: string;
            /** @description of every amount in it; a file has one */
            currency: string;
            version: number;
            settlementDate: components["schemas"]["IsoDate"];
            layout: string;
            name: string;
            rows: number;
            /** @description progress while it is written */
            rowsWritten: number;
            /** @description gross amount of the transactions in it, less those undone and refunded */
            received: number;
            /** @description what the offers gave */
            discount: number;
            /** @description the same without the merchants' own shares */
            settle: number;
            feeFinal: number;
            feeSaved: number;
            sha256?: string;
            bytes?: number;
            /** @enum {string} */
            state: "created" | "published" | "missing" | "acknowledged" | "refused" | "replaced";
            /** @description why it was refused */
            reasons?: {
                /** @description which row of the file, from 1; absent: the whole file */
                row?: number;
                code?: string;
                message: string;
            }[];
            replaces?: number;
            createdAt: string;
            publishedAt?: string;
            acknowledgedAt?: string;
        };
        ClearingFilePage: {
            files: components["schemas"]["ClearingFileAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ClearingLayoutInput: {
            /** @description name of the layout */
            code: string;
            /**
             * @description settlement: merchants of a settlement date
             * @default offers
             * @enum {string}
             */
            rows: "offers" | "settlement";
            form: {
                /** @enum {string} */
                type: "delimited";
                /** @enum {string} */
                delimiter: "," | ";" | "|" | "\t" | "^" | "~" | "!";
                /**
                 * @description texts stand in quotes; absent: a delimiter in a text becomes a space
                 * @enum {string}
                 */
                quote?: "\"";
            } | {
                /** @enum {string} */
                type: "fixed";
            };
            /** @enum {string} */
            encoding: "utf-8" | "gb18030";
            /**
             * @description utf-8 only: lets spreadsheets see the encoding
             * @default false
             */
            byteOrderMark: boolean;
            /**
             * @default lf
             * @enum {string}
             */
            newline: "lf" | "crlf";
            /**
             * @description yuan: with the decimals of the currency (JPY none, KWD three); fen: in its minor unit
             * @enum {string}
             */
            amounts: "yuan" | "fen";
            /**
             * @default YYYY-MM-DD
             * @enum {string}
             */
            dates: "YYYY-MM-DD" | "YYYYMMDD";
            /**
             * @description of voids, reversals and refunds; positive: "event" tells them apart and must be a column
             * @default negative
             * @enum {string}
             */
            reverseAmounts: "negative" | "positive";
            /**
             * @description a line of titles before the rows
             * @default false
             */
            titles: boolean;
            columns: {
                /** @enum {string} */
                field?: "businessDate" | "settlementDate" | "clearingSystem" | "currency" | "kind" | "event" | "client" | "serial" | "originalSerial" | "merchant" | "campaign" | "ruleVersion" | "offer" | "offerName" | "delivery" | "paymentMode" | "paymentMethod" | "at" | "rebateDate" | "amount" | "payable" | "feeOriginal" | "feeFinal" | "feeSaved" | "discount" | "settle" | "due" | "carriedIn" | "payout" | "carriedOut";
                /** @description the same text in every row, instead of a field */
                constant?: string;
                /** @description of the line of titles; default: the name of the field */
                title?: string;
                /** @description what stands for a word, e.g. { "capture": "01", "refund": "02" }; others stay */
                values?: {
                    [key: string]: string;
                };
                /** @description bytes of the encoding; fixed width only, and there always */
                width?: number;
                /**
                 * @description fixed width; default: amounts and numbers right, else left
                 * @enum {string}
                 */
                align?: "left" | "right";
                /**
                 * @description fixed width; "0" for right-aligned amounts and numbers; default space
                 * @enum {string}
                 */
                pad?: "0" | " ";
            }[];
            /** @description first line */
            header?: {
                /** @enum {string} */
                field?: "businessDate" | "settlementDate" | "clearingSystem" | "currency" | "kind" | "version" | "replaces" | "fileName" | "rows" | "grossTotal" | "discountTotal" | "settleTotal" | "feeFinalTotal" | "feeSavedTotal";
                constant?: string;
                /** @description bytes of the encoding; fixed width only, and there always */
                width?: number;
                /**
                 * @description fixed width; default: amounts and numbers right, else left
                 * @enum {string}
                 */
                align?: "left" | "right";
                /**
                 * @description fixed width; "0" for right-aligned amounts and numbers; default space
                 * @enum {string}
                 */
                pad?: "0" | " ";
            }[];
            /** @description last line */
            trailer?: {
                /** @enum {string} */
                field?: "businessDate" | "settlementDate" | "clearingSystem" | "currency" | "kind" | "version" | "replaces" | "fileName" | "rows" | "grossTotal" | "discountTotal" | "settleTotal" | "feeFinalTotal" | "feeSavedTotal";
                constant?: string;
                /** @description bytes of the encoding; fixed width only, and there always */
                width?: number;
                /**
                 * @description fixed width; default: amounts and numbers right, else left
                 * @enum {string}
                 */
                align?: "left" | "right";
                /**
                 * @description fixed width; "0" for right-aligned amounts and numbers; default space
                 * @enum {string}
                 */
                pad?: "0" | " ";
            }[];
            fileName: string;
        };
        ClearingRunAnswer: {
            businessDate: components["schemas"]["IsoDate"];
            settlementDate: components["schemas"]["IsoDate"];
            /** @enum {string} */
            state: "opened" | "frozen" | "published" | "acknowledged" | "settled";
            /** @description what keeps it from going on */
            trouble?: string;
            requestedBy: string;
            requestedAt: string;
            frozenAt?: string;
            publishedAt?: string;
            settledAt?: string;
            /** @description the newest version of each */
            files: components["schemas"]["ClearingFileAnswer"][];
        };
        ClearingRunPage: {
            runs: components["schemas"]["ClearingRunAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ClearingRunRequest: {
            date: components["schemas"]["IsoDate"];
            /** @description Close the date although it is not over: what is recorded from then on belongs to the next */
            early?: boolean;
        };
        ClearingRunStarted: {
            businessDate: components["schemas"]["IsoDate"];
            settlementDate: components["schemas"]["IsoDate"];
            /** @enum {string} */
            state: "opened" | "frozen" | "published" | "acknowledged" | "settled";
            /** @description what keeps it from going on */
            trouble?: string;
            requestedBy: string;
            requestedAt: string;
            frozenAt?: string;
            publishedAt?: string;
            settledAt?: string;
            /** @description the newest version of each */
            files: components["schemas"]["ClearingFileAnswer"][];
            /** @description dates whose runs began with this request, in order */
            opened: components["schemas"]["IsoDate"][];
            warnings?: string[];
        };
        ClearingSystemAnswer: {
            code: string;
            name: string;
            layouts: {
                [key: string]: unknown;
            };
            updatedAt: string;
        };
        ClearingSystemRequestInput: {
            name: string;
            layouts: {
                amount?: string | components["schemas"]["ClearingLayoutInput"];
                fee?: string | components["schemas"]["ClearingLayoutInput"];
                rebate?: string | components["schemas"]["ClearingLayoutInput"];
                settlement?: string | components["schemas"]["ClearingLayoutInput"];
            };
        };
        ClientAnswer: {
            code: string;
            name: string;
            webhookUrl?: string;
            hasWebhookSecret: boolean;
            /** @description made for a new address, and shown this once */
            webhookSecret?: string;
            /** @description instant with offset */
            webhookSecretSince?: string;
            /** @description until then the secret before signs too */
            webhookSecretBeforeUntil?: string;
            ratePerSecond?: number;
            deadlineMs?: number;
            /** @description a success of this client may leave "paid" out */
            mayOmitPaid: boolean;
            /** @description what it numbers itself is not looked at for card numbers */
            serialsMayLookLikeCards: boolean;
            /** @description its payments are at these merchants; absent as below: at every one */
            merchants?: string[];
            /** @description and at the members of these groups */
            merchantGroups?: string[];
            /** @description offers that it may hold at once */
            openHoldsMax?: number;
        };
        ClientPage: {
            clients: {
                code: string;
                name: string;
                webhookUrl?: string;
                hasWebhookSecret: boolean;
                /** @description instant with offset */
                webhookSecretSince?: string;
                /** @description until then the secret before signs too */
                webhookSecretBeforeUntil?: string;
                ratePerSecond?: number;
                deadlineMs?: number;
                /** @description a success of this client may leave "paid" out */
                mayOmitPaid: boolean;
                /** @description what it numbers itself is not looked at for card numbers */
                serialsMayLookLikeCards: boolean;
                /** @description its payments are at these merchants; absent as below: at every one */
                merchants?: string[];
                /** @description and at the members of these groups */
                merchantGroups?: string[];
                /** @description offers that it may hold at once */
                openHoldsMax?: number;
                /** @description that are valid */
                keys: number;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ClientRequest: {
            name: string;
            /** Format: uri */
            webhookUrl?: string;
            /** @description signs notifications; absent = the stored one stays, and a new address gets a new one */
            webhookSecret?: string;
            ratePerSecond?: number;
            deadlineMs?: number;
            /** @description a success without "paid" means what was told; absent = false: it is refused with paid_required */
            mayOmitPaid?: boolean;
            /** @description serials, terminals and the like pass for card numbers by chance; absent = false: such a one is refused, for it is kept as it is */
            serialsMayLookLikeCards?: boolean;
            /** @description its payments are at these merchants; absent, and no "merchantGroups": at every merchant */
            merchants?: string[];
            /** @description its payments are at the members of these groups too */
            merchantGroups?: string[];
            /** @description offers that it may hold at once: a payment beyond is answered no_offer, with the reason open_holds; absent = as many as come */
            openHoldsMax?: number;
        };
        ClientWaiting: {
            /** @description made for the address, and shown to its maker; it signs nothing before the approval */
            webhookSecret?: string;
            proposal: components["schemas"]["ProposalAnswer"];
        };
        CollectionRequest: {
            /** @description id of the partner cycle */
            cycle: number;
            amount: number;
            /** @description of the amount, in its minor unit; another than the partner's is refused */
            currency?: string;
            /** @description the bank's value date */
            valueDate: components["schemas"]["IsoDate"];
            /** @description of the bank, for this transfer: booked once, whichever partner it is entered for */
            bankReference: string;
            /** @description reference of the file that shows it */
            evidence: string;
        };
        CompareAnswer: {
            campaign: string;
            /** @description absent: nothing is live yet, all of it is new */
            from?: number;
            to: number;
            changes: components["schemas"]["DocumentChange"][];
            /** @description the same as whoever approves reads it, in business words; at most 500 */
            words: components["schemas"]["Change"][];
            /** @description there are more than are shown */
            isCut: boolean;
        };
        ComplianceAnswer: {
            /** @description of the routing document */
            version: number;
            /** @description concentration adds up what daily counters took from this day on */
            since: string;
            sharedPools?: {
                total: number;
                items: {
                    pool: string;
                    /** @description null: nobody; a new version would be refused */
                    approvedBy: string | null;
                    reference: string | null;
                    /** @description its MIDs without allowedMerchants */
                    sharedMids: number;
                    /** @description with a route to it; their names are in sharedUse */
                    merchants: number;
                }[];
                /** @description send as "after" to go on; absent: that was all */
                next?: string;
            };
            sharedUse?: {
                total: number;
                items: {
                    pool: string;
                    merchant: string;
                }[];
                /** @description send as "after" to go on; absent: that was all */
                next?: string;
            };
            mismatches?: {
                total: number;
                items: {
                    mid: string;
                    merchant: string;
                    /** @enum {string} */
                    what: "industry" | "region";
                    ofMid: string;
                    /** @description null: the merchant has none */
                    ofMerchant: string | null;
                }[];
                /** @description send as "after" to go on; absent: that was all */
                next?: string;
            };
            /** @description merchants that MIDs are registered for and that are not stored (PUT /v1/merchants): nothing to compare with */
            unknownMerchants: number;
            concentration?: {
                total: number;
                items: {
                    mid: string;
                    channel: string;
                    /** @description that may use it */
                    merchants: number;
                    /** @description in fen; null: without a daily limit nothing counts it */
                    amount: number | null;
                    /** @description of what all MIDs with a daily limit took */
                    sharePpm: number | null;
                }[];
                /** @description send as "after" to go on; absent: that was all */
                next?: string;
            };
            versions?: {
                total: number;
                items: components["schemas"]["RoutingVersion"][];
                /** @description send as "after" to go on; absent: that was all */
                next?: string;
            };
        };
        Conditions: {
            amount?: {
                min?: number;
                max?: number;
            };
            paymentMethods?: string[];
            cardTypes?: ("credit" | "debit" | "prepaid" | "quasi_credit")[];
            cardRegions?: ("domestic" | "overseas")[];
            schemes?: string[];
            pinFree?: boolean;
            binGroups?: string[];
            cardBlacklists?: string[];
            cardWhitelists?: string[];
            issuers?: string[];
            cardProducts?: string[];
            excludedCardProducts?: string[];
            terminals?: string[];
            /** @description the merchant's */
            countries?: string[];
            excludedCountries?: string[];
            /** @description the merchant's */
            mccs?: string[];
            /** @description the merchant's; a code covers its subdivisions */
            regions?: string[];
            customerGroups?: string[];
            /** @description all of them must be stated by the payment */
            facts?: string[];
        };
        ConsideredOffer: {
            campaign: string;
            /** @description of the document; of one that is not stored, the version it would get */
            version: number;
            offer: string;
            counters: components["schemas"]["CounterSeen"][];
        };
        CopyRequest: {
            /** @description of the new campaign */
            code: string;
            /** @description absent: the original's */
            name?: string;
            /** @description absent: the newest */
            version?: number;
        };
        CounterSeen: {
            limit: string;
            /** @description absent: the limit has no amount */
            limitAmount?: number;
            usedAmount: number;
            heldAmount: number;
            /** @description absent: the limit has no count */
            limitCount?: number;
            usedCount: number;
            heldCount: number;
            /** @description when the period ends; absent: never */
            until?: string;
        };
        CreditLineRequest: {
            /** @description the new one, in the minor unit of the partner's currency */
            creditLine: number;
            /** @description of the amount, in its minor unit; another than the partner's is refused */
            currency?: string;
            reason: string;
        };
        CustomerGroupAnswer: {
            code: string;
            name?: string;
            /** @description customers in the group; they are not shown */
            customerCount: number;
            /** @description instant with offset */
            updatedAt: string;
        };
        CustomerGroupPage: {
            groups: {
                code: string;
                name?: string;
                /** @description cards or customers in it; they are not shown */
                members: number;
                updatedBy: string;
                /** @description instant with offset */
                updatedAt: string;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        CustomerGroupRequest: {
            code: string;
            name?: string;
            /** @description absent: they stay; a million is imported as a file */
            customers?: string[];
        };
        CycleAdjustmentRequest: {
            cycle: number;
            amount: number;
            /** @description of the amount, in its minor unit; another than the partner's is refused */
            currency?: string;
            reason: string;
        };
        CycleAnswer: {
            id: number;
            partner: string;
            /** @description of every amount: the partner has one */
            currency: string;
            /** @enum {string} */
            cycle: "day" | "week" | "month" | "quarter" | "end";
            period: string;
            /** @description business dates of the institution, both inclusive */
            from: string;
            to: string;
            campaigns: string[];
            /** @enum {string} */
            state: "issued" | "confirmed" | "disputed" | "closed";
            /** @description owed before; the closing of the cycle before, always */
            opening: number;
            charged: number;
            returned: number;
            collected: number;
            adjusted: number;
            /** @description opening + charged − returned − collected − adjusted */
            closing: number;
            /** @description credit of the cycle before, ≤ 0 */
            carried: number;
            /** @description what this cycle asks for */
            due: number;
            paid: number;
            /** @description of due, given up by two people */
            waived: number;
            /** @description due − paid − waived */
            open: number;
            /** @description the whole prepaid balance of the partner over these dates */
            prepaid?: {
                opening: number;
                paidIn: number;
                paidBack: number;
                spent: number;
                returned: number;
                other: number;
                closing: number;
                /** @description below what the partner wants to be warned at */
                low: boolean;
            };
            lines: {
                campaign: string;
                offer: string;
                name: string;
                /** @enum {string} */
                paymentMode: "prepay" | "postpay";
                /** @description captures */
                count: number;
                charged: number;
                returned: number;
            }[];
            disputes: {
                serial: string;
                amount: number;
                reason: string;
                /**
                 * @description accepted: the institution gives way; dropped: the partner does
                 * @enum {string}
                 */
                state: "open" | "accepted" | "dropped";
            }[];
            statement: {
                rows: number;
                sha256: string;
            };
            issuedAt: string;
            confirmedAt?: string;
            confirmedBy?: string;
            closedAt?: string;
            /** @description since it was issued, while something is open */
            ageDays?: number;
            /** @description 30, 60 or 90: older than so many days */
            overdue?: number;
        };
        CyclePage: {
            cycles: components["schemas"]["CycleAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        CycleRequest: {
            partner: string;
            campaign: string;
        };
        DecisionProofAnswer: {
            /** @description send it as "proof" in the argument of the update: it decides this once */
            proof: string;
            expiresAt: string;
        };
        DecisionProofRequest: {
            /** @enum {string} */
            update: "partner-funding.decide";
            /** @description id of the proposal */
            subject: number;
            /** @description as the update gets it, without "proof" */
            argument: {
                hash: string;
                /** @enum {string} */
                decision: "approve" | "reject";
                reason?: string;
            };
        } | {
            /** @enum {string} */
            update: "partner-cycle.confirm";
            /** @description id of the statement */
            subject: number;
            /** @description as the update gets it, without "proof" */
            argument: Record<string, never>;
        } | {
            /** @enum {string} */
            update: "partner-cycle.dispute";
            /** @description id of the statement */
            subject: number;
            /** @description as the update gets it, without "proof" */
            argument: components["schemas"]["DisputeRequest"];
        } | {
            /** @enum {string} */
            update: "card-usage-case.explain";
            /** @description id of the case */
            subject: number;
            /** @description as the update gets it, without "proof" */
            argument: components["schemas"]["ExplanationRequest"];
        } | {
            /** @enum {string} */
            update: "card-usage-case.decide";
            /** @description id of the case */
            subject: number;
            /** @description as the update gets it, without "proof" */
            argument: {
                /** @enum {string} */
                decision: "approve" | "reject";
                reason?: string;
                keepSuspended?: boolean;
            };
        } | {
            /** @enum {string} */
            update: "clearing-day.acknowledge";
            /** @description id of the file */
            subject: number;
            /** @description as the update gets it, without "proof" */
            argument: components["schemas"]["AcknowledgementRequest"];
        };
        DelegationPage: {
            delegations: {
                id: number;
                absent: string;
                standsIn: string;
                /** @description instant with offset */
                from: string;
                /** @description instant with offset */
                until: string;
                /** @description by which it was approved */
                proposal: number;
                /** @description instant with offset */
                endedAt?: string;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        DelegationRequest: {
            /** @description id of the person */
            standsIn: string;
            from: components["schemas"]["Instant"];
            until: components["schemas"]["Instant"];
        };
        DisputeRequest: {
            rows: {
                /** @description of the row */
                serial: string;
                amount: number;
                reason: string;
            }[];
        };
        DocumentChange: {
            /** @description of the document; what has a code or an id is named by it: offers[FOOD].rule.benefit.cap */
            path: string;
            /** @description absent: it was not there. Of a list of words: those that were removed */
            before?: unknown;
            /** @description absent: it is gone. Of a list of words: those that were added */
            after?: unknown;
            /** @description words of a list; before shows the first 100 */
            removed?: number;
            /** @description words of a list; after shows the first 100 */
            added?: number;
        };
        DocumentWarning: {
            /** @enum {string} */
            code: "offer_never_gives" | "tier_never_chosen" | "tier_gives_nothing" | "tier_adds_nothing" | "tier_gives_less" | "discount_exceeds_payment" | "cap_never_reached" | "cap_cuts_promise" | "draw_max_unreachable" | "limit_never_reached" | "limit_below_discount" | "no_bound" | "window_never_open" | "date_never_open" | "excluded_date_outside" | "daily_overlap" | "calendar_ends" | "offer_shadowed" | "offer_is_fallback" | "groups_exclude_each_other" | "unlisted_code" | "key_without_effect" | "funder_without_share" | "cycle_never_ends" | "budget_short" | "expected_cost" | "not_stored" | "limit_lowered";
            /**
             * @description warning: cannot have the effect it seems to have, or costs too much; info: a figure, or what may be meant
             * @enum {string}
             */
            level: "warning" | "info";
            /** @description as errors name it: offers[0].rule.benefit.tiers[1] */
            path: string;
            message: string;
            messageZh: string;
            /** @description what the claim can be checked from; amounts in fen */
            proof: {
                [key: string]: unknown;
            };
        };
        DrillAnswer: {
            /** @description of the routing document; what is suspended beside it counts as stopped */
            version: number;
            channel: string;
            merchants: {
                merchant: string;
                routes: {
                    method: string;
                    type: string;
                    /** @description from … to (may be "24:00"): it could pay then, and cannot without the channel */
                    gaps: [
                        string,
                        string
                    ][];
                }[];
            }[];
            /** @description so many merchants of the document were looked at for this page */
            looked: number;
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        EnrolmentMade: {
            person: string;
            login: string;
            /** @description shown this once: POST /v1/enrolments takes it, with this login */
            enrolment: string;
            /** @description instant with offset */
            expiresAt: string;
        };
        EnrolmentRequest: {
            /** @description the code that you were given: for one person, once */
            enrolment: string;
            login: string;
            /** @description needed with a code of ./lijian keys enrol; others have one */
            name?: string;
            /** @description 12 characters or more, with letters and others */
            password: string;
        };
        ErasureAnswer: {
            id: number;
            /** @enum {string} */
            state: "proposed" | "running" | "done" | "dropped";
            /** @description the proposal that another person approves: /v1/proposals/{id} */
            proposal?: number;
            legalBasis: string;
            /** @description kinds of what was told, never values */
            namedBy: string[];
            heldBack: {
                place: string;
                until: string;
                basis: string;
            }[];
            places: {
                /** @enum {string} */
                place: "groups" | "books" | "decisions" | "bills" | "flows";
                /** @enum {string} */
                state: "waits" | "done";
                /** @description changed or removed */
                rows: number;
                /** @description held back by law until the end of this date */
                until?: string;
                /** @description payments that are not over yet: it waits for them */
                open?: number;
                /** @description with flows: for how many days after its end Temporal keeps a flow that no erasure removes */
                keptDays?: number;
            }[];
            requestedBy: string;
            requestedAt: string;
            endedAt?: string;
            /** @description what was done where and when, without the person */
            certificate?: {
                text: string;
                sha256: string;
            };
        };
        ErasurePage: {
            erasures: components["schemas"]["ErasureAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ErasureRequestInput: {
            person: {
                pan?: string;
                /** @description the token of the sender, where cards came as tokens */
                cardToken?: string;
                customer?: string;
                device?: string;
                phone?: string;
                bankPhone?: string;
                idNumber?: string;
                account?: string;
            };
            /** @description why the person is to be forgotten, such as the law and the date of the wish */
            legalBasis: string;
            /** @default [] */
            heldBack: {
                /** @enum {string} */
                place: "groups" | "books" | "decisions" | "bills" | "flows";
                /** @description the last date on which the law demands it */
                until: components["schemas"]["IsoDate"];
                basis: string;
            }[];
        };
        EvaluationAnswer: {
            serial: string;
            /**
             * @description held: an offer would be
             * @enum {string}
             */
            state: "held" | "no_offer";
            amount: number;
            discount: number;
            payable: number;
            rebate?: number;
            offers: components["schemas"]["GrantedOffer"][];
            fee: components["schemas"]["Fee"];
            /** @description why each other offer would not be given */
            reasons: components["schemas"]["Refusal"][];
            considered: components["schemas"]["ConsideredOffer"][];
        };
        EvaluationRequestInput: {
            /** @description body of POST /v1/transactions; "at" of any year; holdSeconds and deadlineMs change nothing */
            payment: components["schemas"]["TransactionRequestInput"];
            /** @description campaign documents (/schemas/campaign.json): approved and not suspended, each instead of the live one of its code */
            campaigns?: {
                [key: string]: unknown;
            }[];
            /** @description campaigns of which the newest stored version counts, approved and not suspended, instead of the live one */
            drafts?: string[];
            /** @description true: nothing but these campaigns and drafts */
            only?: boolean;
        };
        ExplainedAnswer: {
            serial: string;
            marketingSerial?: string;
            /** @enum {string} */
            state: "no_offer" | "held" | "confirmed" | "cancelled" | "expired" | "reversed" | "voided" | "unfunded" | "partially_refunded" | "refunded";
            /** @description gross, in fen; absent only when a result names a serial that was never held */
            amount?: number;
            discount: number;
            payable?: number;
            /** @description what rebate offers will give back later; absent without one */
            rebate?: number;
            offers: components["schemas"]["GrantedOffer"][];
            fee?: components["schemas"]["Fee"];
            holdExpiresAt?: string;
            businessDate?: string;
            reasons?: components["schemas"]["Refusal"][];
            explanation?: components["schemas"]["Explanation"];
        };
        ExplainedCounter: {
            limit: string;
            /** @enum {string} */
            kind: "limit" | "budget" | "funds";
            /** @description of a limit per user: by which identity of the person */
            identity?: string;
            /** @enum {string} */
            measure: "discount" | "gross";
            /** @description false: nobody had looked at it before; the database found room when the hold was written */
            known: boolean;
            limitAmount?: number;
            usedAmount?: number;
            heldAmount?: number;
            limitCount?: number;
            usedCount?: number;
            heldCount?: number;
            takesAmount?: number;
            takesCount?: number;
            /** @description when the period ends; absent: never */
            until?: string;
        };
        ExplainedDraw: {
            value: number;
            /**
             * @description money off, or the rate that is paid
             * @enum {string}
             */
            unit: "fen" | "ppm";
            min: number;
            max: number;
            /** @description place of the layer in the document, from 1 */
            layer?: number;
            /** @description which draw key: the first 12 digits of its SHA-256 */
            key: string;
            /** @description of the seed: 1 by serial, 2 by person */
            formula: 1 | 2;
            /** @description which of the person's draws of the period, from 1; with formula 2 only */
            place?: number;
        };
        ExplainedOffer: {
            campaign: string;
            /** @description rule version: the version of the campaign document that decided */
            version: number;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "amount" | "fee";
            /** @enum {string} */
            outcome: "granted" | "refused" | "undecided";
            reason?: components["schemas"]["Reason"];
            /** @description what the payment had */
            found?: string;
            /** @description what the offer asks for */
            expected?: string;
            discount?: number;
            funders?: components["schemas"]["FunderShare"][];
            draw?: components["schemas"]["ExplainedDraw"];
            counters: components["schemas"]["ExplainedCounter"][];
            text: {
                en: string;
                "zh-CN": string;
            }[];
        };
        Explanation: {
            /** @enum {string} */
            source: "transaction" | "decision_log";
            /** @description the instant that decided window and period */
            decidedAt: string;
            /** @description the documents that were in force */
            snapshot?: string;
            drawKey?: string;
            /**
             * @description whether computing it again gives what was answered
             * @enum {string}
             */
            verdict: "same" | "different" | "not_recomputed";
            /**
             * @description why it was not for the rules to decide, or cannot be computed again
             * @enum {string}
             */
            because?: "open_holds" | "deadline" | "unavailable" | "reversed_before" | "no_snapshot" | "draw_key_unknown" | "unknown_original";
            differences: {
                path: string;
                answered: string;
                recomputed: string;
            }[];
            /** @description granted ones, and every offer bound to the merchant */
            offers: components["schemas"]["ExplainedOffer"][];
            timeline: components["schemas"]["ExplanationEvent"][];
            /** @description older answers without an offer */
            earlier: {
                at: string;
                because?: string;
            }[];
            /** @description all of it in sentences, in order */
            text: {
                en: string;
                "zh-CN": string;
            }[];
        };
        ExplanationEvent: {
            at?: string;
            what: string;
            text: {
                en: string;
                "zh-CN": string;
            };
        };
        ExplanationRequest: {
            /** @description reference of the merchant's written explanation */
            file: string;
            note?: string;
        };
        Fee: {
            /** @description fee on the gross amount */
            original: number;
            /** @description fee on the payable less what fee offers saved */
            final: number;
            /** @description by fee offers only */
            saved: number;
        };
        FeeBenefit: {
            /** @enum {string} */
            type: "waive";
        } | {
            /** @enum {string} */
            type: "rate";
            ppm: number;
            min?: number;
            max?: number;
        } | {
            /** @enum {string} */
            type: "percentOff";
            /** @description taken off */
            ppm: number;
        } | {
            /** @enum {string} */
            type: "fixed";
            amount: number;
        };
        FeeEntry: {
            ppm: number;
            min?: number;
            max?: number;
        };
        FeeSchedule: {
            default?: components["schemas"]["FeeEntry"];
            credit?: components["schemas"]["FeeEntry"];
            debit?: components["schemas"]["FeeEntry"];
            prepaid?: components["schemas"]["FeeEntry"];
            quasi_credit?: components["schemas"]["FeeEntry"];
            methods?: {
                [key: string]: {
                    default?: components["schemas"]["FeeEntry"];
                    credit?: components["schemas"]["FeeEntry"];
                    debit?: components["schemas"]["FeeEntry"];
                    prepaid?: components["schemas"]["FeeEntry"];
                    quasi_credit?: components["schemas"]["FeeEntry"];
                };
            };
        };
        FromTemplateRequest: {
            template: string;
            /** @description the one that was looked at; absent: the approved one */
            version?: number;
            /** @description of the campaign */
            code: string;
            /** @description of the campaign; absent: made from the template's campaignName */
            name?: string;
            parameters: components["schemas"]["ParameterValues"];
        };
        Funder: {
            partner: "@merchant" | string;
            sharePpm: number;
        };
        FunderShare: {
            partner: string;
            amount: number;
        };
        FundingWarning: {
            partner: string;
            /** @enum {string} */
            warning: "below_amount" | "below_share" | "ends_today" | "exhausted";
            available: number;
            /** @description the balance below which it is given, in fen */
            threshold?: number;
            /** @description when the balance ends at today’s pace */
            endsAt?: string;
            say: string;
        };
        FundingWarningList: {
            warnings: components["schemas"]["FundingWarning"][];
        };
        GrantedOffer: {
            campaign: string;
            /** @description rule version: the version of the campaign document that decided */
            version: number;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "amount" | "fee";
            /** @enum {string} */
            delivery: "instant" | "rebate";
            /** @description what the offer gives: money off, fee saved, or rebate */
            discount: number;
            funders: components["schemas"]["FunderShare"][];
        };
        GroupImportAnswer: {
            id: number;
            /** @enum {string} */
            kind: "card_group" | "customer_group" | "merchant_group" | "merchant";
            /** @description the group; "merchants" where merchants are enrolled */
            code: string;
            /** @enum {string} */
            mode: "replace" | "add" | "remove";
            /**
             * @description failed: nothing was changed
             * @enum {string}
             */
            state: "running" | "done" | "failed";
            /** @enum {string} */
            failure?: "invalid_lines" | "no_members" | "too_large" | "not_gzip" | "interrupted" | "cancelled" | "internal";
            /** @description false: the group had exactly these members before */
            changed?: boolean;
            /** @description read so far */
            lines: number;
            /** @description lines that are right */
            accepted: number;
            /** @description accepted lines that repeat another one */
            duplicates?: number;
            errorCount: number;
            /** @description the first 100; a line itself is never repeated */
            errors: {
                line: number;
                message: string;
                messageZh: string;
            }[];
            /** @description of the file as it was sent, read so far */
            bytes: number;
            /** @description of the bytes, when the request said its length */
            percent?: number;
            /** @description that the group has afterwards, or will have; where merchants are enrolled, how many were changed at once */
            members?: number;
            /** @description this waits for a second person: members of a group that a live campaign names, or what stored merchants pay */
            proposal?: number;
            cancelledBy?: string;
            startedBy: string;
            startedAt: string;
            finishedAt?: string;
        };
        GroupImportPage: {
            imports: components["schemas"]["GroupImportAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        /** Format: date-time */
        Instant: string;
        /** Format: date */
        IsoDate: string;
        Limit: {
            /** @description unique within its offer or campaign; what was used stays with it in a new version */
            id?: string;
            /** @description [] = the offer, or the campaign, as a whole */
            per: ("merchant" | "subMerchant" | "card" | "customer" | "terminal" | "user")[];
            /** @enum {string} */
            period: "total" | "day" | "week" | "month" | "quarter" | "year";
            amount?: number;
            count?: number;
            /**
             * @description what amount counts: the discount (default), or the request's amount
             * @enum {string}
             */
            measure?: "discount" | "gross";
            /**
             * @description what happens when less is left: refuse (default), or give what is left
             * @enum {string}
             */
            onShort?: "refuse" | "clip";
        };
        LimitUsage: {
            /** @description its id, as reasons and warnings name it */
            limit: string;
            /** @enum {string} */
            kind: "limit" | "budget";
            /** @description that take from it; absent: every offer of the campaign */
            offers?: string[];
            /** @description []: one counter; else one for each merchant, card … */
            per: ("merchant" | "subMerchant" | "card" | "customer" | "terminal" | "user")[];
            /** @enum {string} */
            period: "total" | "day" | "week" | "month" | "quarter" | "year";
            /** @description first day of the period that runs; absent: it never ends */
            from?: string;
            /** @description instant with offset */
            until?: string;
            /**
             * @description what amount counts
             * @enum {string}
             */
            measure: "discount" | "gross";
            /** @description in the minor unit; of the one counter, or of the one that was asked for */
            amount?: {
                /** @description of the version; absent: this measure has none */
                limit?: number;
                used: number;
                /** @description of payments that have no result yet; it comes back when they fail or expire */
                held: number;
                /** @description what was told late and took room without asking */
                over: number;
                /** @description limit - used - held - over, not below 0 */
                left?: number;
            };
            count?: {
                /** @description of the version; absent: this measure has none */
                limit?: number;
                used: number;
                /** @description of payments that have no result yet; it comes back when they fail or expire */
                held: number;
                /** @description what was told late and took room without asking */
                over: number;
                /** @description limit - used - held - over, not below 0 */
                left?: number;
            };
            /** @description when the next hold gives back what it has; absent: nothing is held, or it is not among the newest payments */
            nextHoldEndsAt?: string;
            /** @description of a limit per something */
            keys?: {
                /** @description merchants, cards … that have taken something in this period */
                keys: number;
                /** @description of them: nothing is left */
                full: number;
                /** @description there are more than are counted */
                isAtLeast: boolean;
                /** @description instant with offset */
                asOf: string;
            };
        };
        ListedTransaction: {
            /** @enum {string} */
            kind: "transaction" | "void" | "reversal" | "refund";
            client: string;
            serial: string;
            originalSerial?: string;
            state: string;
            merchant?: string;
            amount?: number;
            discount?: number;
            payable?: number;
            fee?: number;
            feeSaved?: number;
            offers: {
                code: string;
                name: string;
                /** @enum {string} */
                kind: "amount" | "fee";
                discount: number;
                campaign: string;
                ruleVersion: number;
            }[];
            paymentMethod?: string;
            /** @enum {string} */
            result?: "success" | "failure";
            businessDate?: components["schemas"]["IsoDate"];
            /** @description names of the files it stands in; empty: none yet */
            clearingFiles: string[];
            createdAt: string;
        };
        MadeCampaigns: {
            campaigns: {
                campaign: string;
                /** @description of the campaign */
                version: number;
                templateVersion: number;
                /**
                 * @description of that version of the campaign
                 * @enum {string}
                 */
                state: "not_approved" | "approved";
                /** @description payments meet this version */
                isLive: boolean;
                maker: string;
                /** @description instant with offset */
                createdAt: string;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        MeAnswer: {
            /** @enum {string} */
            kind: "person" | "key";
            /** @description of the person, or of the key: what stands as maker and checker */
            id: string;
            login?: string;
            name: string;
            branch?: string;
            roles?: string[];
            /** @enum {string} */
            language?: "zh-CN" | "en";
            /** @description of a key */
            client?: string;
            /** @description id of the token that asks for its person */
            token?: string;
            /** @description what may be done now */
            scopes: components["schemas"]["Scope"][];
            /**
             * @description set a password of your own, or add an authenticator: nothing else is open before
             * @enum {string}
             */
            must?: "password" | "second_factor";
            /** @description until then a second factor need not be shown again */
            strongUntil?: string;
            /** @description instant with offset */
            sessionEndsAt?: string;
        };
        Merchant: {
            id: string;
            name: string;
            mcc?: string;
            region?: string;
            country?: string;
            subMerchants?: string[];
            parent?: string;
            /** @description 分公司: a branch that exists */
            branch?: string;
            clearingSystem?: string;
            fees?: components["schemas"]["FeeSchedule"];
            /** @enum {string} */
            feeOnRefund?: "return" | "keep";
            /**
             * @description left: it takes part in no activity any more; its payments go on without offers
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended" | "closed" | "left";
        };
        MerchantActivity: {
            campaign: string;
            campaignName: string;
            offer: string;
            offerName: string;
            /** @enum {string} */
            kind: "amount" | "fee";
            /**
             * @description waits: no version was approved yet
             * @enum {string}
             */
            state: "live" | "not_started" | "ended" | "suspended" | "waits";
            from: string;
            /** @description absent: it never ends */
            to?: string;
            /**
             * @description what binds the merchant
             * @enum {string}
             */
            by: "merchant" | "group" | "sub_merchant" | "everyone";
            /** @description groups of the offer that the merchant is in */
            groups?: string[];
            /** @description what is left: budgets and limits, of limits per merchant its own counter */
            limits: components["schemas"]["LimitUsage"][];
        };
        MerchantActivityPage: {
            merchant: string;
            /** @description true: none of them holds, whatever its state */
            hasLeft: boolean;
            /** @description instant with offset */
            asOf: string;
            activities: components["schemas"]["MerchantActivity"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        MerchantGroupAnswer: {
            code: string;
            name?: string;
            /** @description in force; 0: nobody was ever in it */
            version: number;
            /** @description merchants in the version that is in force */
            members: number;
            /** @description what waits for approval: a live campaign names the group */
            draft?: components["schemas"]["MerchantGroupVersion"];
            updatedBy: string;
            /** @description instant with offset */
            updatedAt: string;
        };
        MerchantGroupMemberPage: {
            version: number;
            merchants: string[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        MerchantGroupPage: {
            groups: components["schemas"]["MerchantGroupAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        MerchantGroupRequest: {
            code: string;
            name?: string;
            /** @description absent: they stay; more are imported as a file */
            merchants?: string[];
        };
        MerchantGroupVersion: {
            version: number;
            /** @description the version that it was made from */
            base: number;
            /**
             * @description draft: it waits for approval, and another one drops it
             * @enum {string}
             */
            state: "draft" | "in_force" | "replaced" | "dropped";
            members: number;
            added: number;
            removed: number;
            /** @description SHA-256 of the digest of its base, who came and who went */
            digest: string;
            madeBy: string;
            /** @description instant with offset */
            madeAt: string;
            putInForceBy?: string;
            /** @description instant with offset */
            putInForceAt?: string;
        };
        MerchantGroupVersionPage: {
            versions: components["schemas"]["MerchantGroupVersion"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        MerchantInput: {
            id: string;
            name: string;
            mcc?: string;
            region?: string;
            country?: string;
            subMerchants?: string[];
            parent?: string;
            /** @description 分公司: a branch that exists */
            branch?: string;
            clearingSystem?: string;
            fees?: components["schemas"]["FeeSchedule"];
            /** @enum {string} */
            feeOnRefund?: "return" | "keep";
            /**
             * @description left: it takes part in no activity any more; its payments go on without offers
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended" | "closed" | "left";
        };
        MerchantLine: {
            id: string;
            name: string;
            mcc?: string;
            region?: string;
            branch?: string;
            parent?: string;
            /** @enum {string} */
            status: "active" | "suspended" | "closed" | "left";
            updatedBy: string;
            /** @description instant with offset */
            updatedAt: string;
        };
        MerchantPage: {
            merchants: components["schemas"]["MerchantLine"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        MerchantRoutes: {
            merchant: string;
            routes: {
                method: string;
                type: string;
                pools: string[];
            }[];
        };
        MerchantSettlementPage: {
            settlements: {
                settlementDate: components["schemas"]["IsoDate"];
                merchant: string;
                /** @description of the amounts: a merchant is settled in each by itself */
                currency: string;
                /** @description discounts less what came back by refunds, of all business dates due on it */
                due: number;
                /** @description 0 or negative */
                carriedIn: number;
                payout: number;
                /** @description 0 or negative */
                carriedOut: number;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        MinSuccess: {
            ppm: number;
            /** @description outcomes looked at */
            window: number;
            minSamples: number;
        };
        Offer: {
            code: string;
            name: string;
            priority?: number;
            budget?: components["schemas"]["Budget"];
            /** @description absent, and no subMerchants and merchantGroups either = every merchant */
            merchants?: string[];
            subMerchants?: string[];
            /** @description beside `merchants`: who is in one of them is bound, as the group is at the payment */
            merchantGroups?: string[];
            /** @description offers compete inside a group; default: the kind */
            group?: string;
            /**
             * @description net (default) or gross of what earlier groups granted
             * @enum {string}
             */
            base?: "net" | "gross";
            exclusive?: boolean;
            /** @enum {string} */
            delivery?: "instant" | "rebate";
            rebateAfterDays?: number;
            /** @enum {string} */
            rebateFrom?: "payment" | "end";
            /** @description replaces the campaign's */
            funders?: components["schemas"]["Funder"][];
            /** @enum {string} */
            kind: "amount";
            rule: {
                window?: components["schemas"]["RuleWindow"];
                conditions?: components["schemas"]["Conditions"];
                limits?: components["schemas"]["Limit"][];
                refund?: components["schemas"]["RefundRule"];
                benefit: components["schemas"]["AmountBenefit"];
            };
        } | {
            code: string;
            name: string;
            priority?: number;
            budget?: components["schemas"]["Budget"];
            /** @description absent, and no subMerchants and merchantGroups either = every merchant */
            merchants?: string[];
            subMerchants?: string[];
            /** @description beside `merchants`: who is in one of them is bound, as the group is at the payment */
            merchantGroups?: string[];
            /** @description offers compete inside a group; default: the kind */
            group?: string;
            /**
             * @description net (default) or gross of what earlier groups granted
             * @enum {string}
             */
            base?: "net" | "gross";
            exclusive?: boolean;
            /** @enum {string} */
            delivery?: "instant" | "rebate";
            rebateAfterDays?: number;
            /** @enum {string} */
            rebateFrom?: "payment" | "end";
            /** @description replaces the campaign's */
            funders?: components["schemas"]["Funder"][];
            /** @enum {string} */
            kind: "fee";
            rule: {
                window?: components["schemas"]["RuleWindow"];
                conditions?: components["schemas"]["Conditions"];
                limits?: components["schemas"]["Limit"][];
                refund?: components["schemas"]["RefundRule"];
                benefit: components["schemas"]["FeeBenefit"];
            };
        };
        OfferLine: {
            code: string;
            name: string;
            /** @enum {string} */
            kind: "amount" | "fee";
            /**
             * @description approved: the live version has it as the newest; removed: the live version alone has it
             * @enum {string}
             */
            state: "approved" | "new" | "changed" | "removed";
            /** @description itself or its campaign */
            suspended: boolean;
        };
        ParameterValues: {
            [key: string]: (number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[];
        };
        PartnerAnswer: {
            code: string;
            name: string;
            /** @enum {string} */
            kind: "bank" | "platform" | "card_scheme" | "government" | "merchant" | "own_institution";
            /** @enum {string} */
            paymentMode: "prepay" | "postpay";
            /** @description all its amounts are in its minor unit */
            currency: string;
            /** @enum {string} */
            status: "active" | "suspended" | "closed";
            /** @description paid in − paid back − used */
            balance: number;
            creditLine: number;
            held: number;
            used: number;
            /** @description balance + creditLine − held */
            available: number;
            /** @description receipts − withdrawals */
            paidIn: number;
            contacts: {
                name: string;
                role?: string;
                phone?: string;
                email?: string;
            }[];
            depositAccount?: {
                bank: string;
                holder: string;
                /** @description the last four digits: ****1234 */
                number: string;
            };
            payoutAccount?: {
                bank: string;
                holder: string;
                /** @description the last four digits: ****1234 */
                number: string;
            };
            /** @description a warning is given when the prepaid balance falls below either */
            warnBelow?: {
                /** @description fen of the balance */
                amount?: number;
                /** @description of what was paid in, in ppm */
                ppm?: number;
            };
            forecast?: {
                spentToday: number;
                /** @description by the end of the day, at today’s pace along the usual curve of the weekday */
                expectedToday: number;
                /** @description when the balance ends, today; absent: it lasts the day */
                endsAt?: string;
                /** @description how many days like today it lasts; absent: nothing is spent */
                daysLeft?: number;
            };
            warnings: components["schemas"]["FundingWarning"][];
        };
        PartnerLine: {
            code: string;
            name: string;
            /** @enum {string} */
            kind: "bank" | "platform" | "card_scheme" | "government" | "merchant" | "own_institution";
            /** @enum {string} */
            paymentMode: "prepay" | "postpay";
            /** @description all its amounts are in its minor unit */
            currency: string;
            /** @enum {string} */
            status: "active" | "suspended" | "closed";
            /** @description paid in − paid back − used */
            balance: number;
            creditLine: number;
            held: number;
            used: number;
            /** @description balance + creditLine − held */
            available: number;
        };
        PartnerPage: {
            partners: components["schemas"]["PartnerLine"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        PartnerRequestInput: {
            name: string;
            /**
             * @default bank
             * @enum {string}
             */
            kind: "bank" | "platform" | "card_scheme" | "government" | "merchant" | "own_institution";
            /**
             * @description as agreed; what counts is the campaign
             * @default prepay
             * @enum {string}
             */
            paymentMode: "prepay" | "postpay";
            /** @description of its balance, receivable and statements: fixed with the first PUT; absent: as it is, at first CNY */
            currency?: string;
            /**
             * @description suspended: nothing is paid out to it and no campaign that it funds is approved; live ones go on
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended" | "closed";
            /** @default [] */
            contacts: {
                name: string;
                role?: string;
                phone?: string;
                email?: string;
            }[];
            /** @description where its money arrives (入款账户) */
            depositAccount?: {
                bank: string;
                holder: string;
                /** @description absent = the stored one stays; stored encrypted, never shown */
                number?: string;
            };
            /** @description where money goes back to it (出款账户) */
            payoutAccount?: {
                bank: string;
                holder: string;
                /** @description absent = the stored one stays; stored encrypted, never shown */
                number?: string;
            };
            /** @description a warning is given when the prepaid balance falls below either */
            warnBelow?: {
                /** @description fen of the balance */
                amount?: number;
                /** @description of what was paid in, in ppm */
                ppm?: number;
            };
        };
        PartnerVersions: {
            versions: {
                version: number;
                /** @description as it was approved; of accounts and contacts the SHA-256 of the sealed text */
                document: {
                    [key: string]: unknown;
                };
                /** @description absent: it stood before two people had to agree */
                maker?: string;
                checker?: string;
                proposal?: number;
                at: string;
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        PasskeyAnswer: {
            id: string;
            name: string;
            /** @description instant with offset */
            madeAt: string;
            /** @description instant with offset */
            lastUsedAt?: string;
        };
        PasskeyAssertionInput: {
            response: {
                id: string;
                rawId: string;
                /** @enum {string} */
                type: "public-key";
                /** @enum {string} */
                authenticatorAttachment?: "platform" | "cross-platform";
                /** @description others are left out */
                clientExtensionResults: {
                    credProps?: {
                        rk?: boolean;
                    };
                };
                response: {
                    clientDataJSON: string;
                    authenticatorData: string;
                    signature: string;
                    userHandle?: string;
                };
            };
        };
        PasskeyList: {
            passkeys: components["schemas"]["PasskeyAnswer"][];
        };
        PasskeyRegistrationInput: {
            /** @description by which you know it again */
            name: string;
            response: {
                id: string;
                rawId: string;
                /** @enum {string} */
                type: "public-key";
                /** @enum {string} */
                authenticatorAttachment?: "platform" | "cross-platform";
                /** @description others are left out */
                clientExtensionResults: {
                    credProps?: {
                        rk?: boolean;
                    };
                };
                response: {
                    clientDataJSON: string;
                    attestationObject: string;
                    authenticatorData?: string;
                    transports?: ("ble" | "cable" | "hybrid" | "internal" | "nfc" | "smart-card" | "usb")[];
                    publicKeyAlgorithm?: number;
                    publicKey?: string;
                };
            };
        };
        PasswordRequest: {
            /** @description the one that is in force */
            password: string;
            /** @description 12 characters or more, with letters and others; none of the last four */
            newPassword: string;
        };
        PaymentAnswer: {
            serial: string;
            /** @description what is routed: the payable, or the gross amount without an offer */
            amount: number;
            offer: components["schemas"]["TransactionAnswer"];
            /** @description null: nothing is held for this attempt; what an earlier attempt holds stays until its result or its expiry */
            route: components["schemas"]["ChosenRoute"] | null;
            holdExpiresAt?: string;
            /** @description of the route */
            reasons?: components["schemas"]["RouteRefusal"][];
            /** @enum {string} */
            cardUsage?: "ok" | "near" | "over";
            cardUsageCounts?: components["schemas"]["CardUsageCount"][];
        };
        PaymentBodyInput: {
            serial: string;
            merchant: string;
            subMerchant?: string;
            terminal?: string;
            /** @description gross amount in fen */
            amount: number;
            /** @description part of the amount that offers look at: goods excluded, net of other discounts */
            eligibleAmount?: number;
            /** @default CNY */
            currency: string;
            paymentMethod: string;
            card?: components["schemas"]["Card"];
            issuer?: string;
            /** @enum {string} */
            cardType?: "credit" | "debit" | "prepaid" | "quasi_credit";
            cardProduct?: string;
            /** @enum {string} */
            cardRegion?: "domestic" | "overseas";
            scheme?: string;
            pinFree?: boolean;
            customer?: string;
            identities?: {
                device?: string;
                phone?: string;
                bankPhone?: string;
                idNumber?: string;
                account?: string;
                card?: string;
            };
            facts?: string[];
            /** @description the instant that decides window and period; default: when the request arrives */
            at?: components["schemas"]["Instant"];
            holdSeconds?: number;
            deadlineMs?: number;
            /** @description payment type, such as "qr"; paymentMethod is the method */
            type: string;
            /** @description default: the merchant's */
            region?: string;
            /** @description default: the merchant's MCC */
            industry?: string;
            /** @description MIDs that have failed: with the same serial the next attempt */
            exclude?: string[];
        };
        PersonAnswer: {
            id: string;
            login: string;
            name: string;
            branch: string;
            roles: string[];
            /** @enum {string} */
            status: "active" | "disabled";
            /** @enum {string} */
            language: "zh-CN" | "en";
            /** @description what this person may do now, and why */
            rights: {
                scope: components["schemas"]["Scope"];
                /** @description roles of this person that give it */
                roles: string[];
                /** @description whom this person stands in for now: it decides with their right */
                delegations: {
                    id: number;
                    absent: string;
                    /** @description instant with offset */
                    until: string;
                }[];
            }[];
            hasPassword: boolean;
            hasAuthenticator: boolean;
        };
        PersonChange: {
            name: string;
            branch: string;
            roles: string[];
            /** @enum {string} */
            status: "active" | "disabled";
            /** @enum {string} */
            language: "zh-CN" | "en";
        };
        PersonPage: {
            persons: {
                id: string;
                login: string;
                name: string;
                branch: string;
                roles: string[];
                /** @enum {string} */
                status: "active" | "disabled";
                /** @enum {string} */
                language: "zh-CN" | "en";
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        PersonRequest: {
            login: string;
            name: string;
            branch: string;
            roles: string[];
            /** @enum {string} */
            language?: "zh-CN" | "en";
        };
        /** @description problem details */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "invalid_request" | "paid_required" | "unauthenticated" | "second_factor" | "step_up" | "foreign_page" | "forbidden" | "merchant_not_allowed" | "maker_is_checker" | "not_found" | "method_not_allowed" | "unknown_original" | "serial_reused" | "reference_reused" | "result_conflict" | "already_reversed" | "not_reversible" | "not_refundable" | "whole_only" | "exceeds_remaining" | "exceeds_balance" | "refund_conflict" | "version_conflict" | "changed_since" | "proposal_withdrawn" | "proposal_expired" | "proposer_revoked" | "state_conflict" | "import_running" | "request_timeout" | "payload_too_large" | "unsupported_media_type" | "invalid_document" | "file_refused" | "too_many_requests" | "internal" | "unavailable";
            detail: string;
            /** @description what the caller can do about it */
            do: string;
            /** @description whether sending the same again can help */
            retryable: boolean;
            /** @description id of the request, as in the logs */
            instance: string;
            state?: string;
            /** @description what can still be refunded, in fen */
            left?: number;
            errors?: {
                path: string;
                message: string;
                messageZh?: string;
            }[];
        };
        ProposalAnswer: {
            id: number;
            kind: string;
            /** @description what the kind is called */
            title: {
                en: string;
                zh: string;
            };
            /** @description what it is about: a partner, a campaign, a case */
            subject: string;
            /** @description what it changes from; null: nothing stands there */
            before: unknown;
            /** @description what it changes to: as it was entered, and what the checker must know beside it */
            body: {
                [key: string]: unknown;
            };
            /** @description what differs, in business words; at most 500 */
            changes: components["schemas"]["Change"][];
            /** @description in a list: before, body and most changes are left out; read it by its id */
            isCut?: boolean;
            /** @description send it with the approval: SHA-256 (hex) of the canonical JSON of [kind, subject, before, body], what you were shown */
            hash: string;
            version: number;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
            branch: string;
            amountFen?: number;
            /** @description the key or person that has made it */
            maker: string;
            /** @description the person behind the key */
            makerPerson?: string;
            madeAt: string;
            /** @description so many others approve it */
            needs: number;
            /** @description so many have */
            approvals: number;
            expiresAt?: string;
            checker?: string;
            checkedAt?: string;
            reason?: string;
        };
        /** @enum {string} */
        Reason: "not_approved" | "suspended" | "currency" | "not_started" | "ended" | "outside_hours" | "excluded_weekday" | "excluded_date" | "merchant_not_bound" | "payment_method" | "card_type" | "card_product" | "card_region" | "scheme" | "issuer" | "pin_free" | "bin" | "terminal" | "mcc" | "country" | "region" | "blacklisted" | "not_whitelisted" | "customer_group" | "facts_missing" | "blocked_after_refund" | "amount_below_minimum" | "amount_above_maximum" | "exclusive" | "no_benefit" | "not_best" | "limit_key_missing" | "limit_exhausted" | "budget_exhausted" | "funds_exhausted" | "open_holds" | "deadline" | "unavailable";
        ReceiptRequest: {
            amount: number;
            /** @description of the amount, in its minor unit; another than the partner's is refused */
            currency?: string;
            /** @description the bank's value date */
            valueDate: components["schemas"]["IsoDate"];
            /** @description of the bank, for this transfer: booked once, whichever partner it is entered for */
            bankReference: string;
            /** @description reference of the file that shows it */
            evidence: string;
        };
        ReconciliationBreak: {
            id: number;
            source: string;
            date: string;
            /** @enum {string} */
            class: "marketing_missing" | "payment_missing" | "amount_differs" | "state_differs" | "unfunded" | "over" | "short" | "unmatched_receipt" | "unmatched_payout";
            client: string;
            serial: string;
            act: string;
            merchant?: string;
            ourState?: string;
            ours?: number;
            theirs?: number;
            oursDiscount?: number;
            theirsDiscount?: number;
            cash?: number;
            file?: number;
            line?: number;
        };
        ReconciliationBreakPage: {
            breaks: components["schemas"]["ReconciliationBreak"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ReconciliationRun: {
            source: string;
            client?: string;
            date: string;
            /** @enum {string} */
            basis: "transactions" | "bill" | "acknowledgement" | "bank" | "account";
            lines: number;
            /** @description entries of ours that this source must have */
            books: number;
            matchedLines: number;
            matchedBooks: number;
            /** @description lines that do not concern us */
            outsideLines: number;
            matchedAmount: number;
            classes: {
                [key: string]: {
                    count: number;
                    lines: number;
                    books: number;
                };
            };
            /**
             * @description pending: within the buffer; counted: what differs are cases
             * @enum {string}
             */
            state: "pending" | "counted";
            /** @description date from which what differs is a case */
            countsOn: string;
            /** @description instant with offset */
            ranAt: string;
        };
        ReconciliationRunRequest: {
            date: components["schemas"]["IsoDate"];
            /** @description What differs becomes a case now, although the missing part may still come */
            withoutBuffer?: boolean;
        };
        ReconciliationRuns: {
            runs: components["schemas"]["ReconciliationRun"][];
            casesOpened?: number;
        };
        RecoveryRequest: {
            reason: string;
        };
        RefundAnswer: {
            /** @description the refund's own serial */
            serial: string;
            originalSerial: string;
            /** @enum {string} */
            kind: "refund";
            /** @enum {string} */
            state: "waiting" | "refund_held" | "partially_refunded" | "refunded" | "unfunded" | "no_offer" | "cancelled" | "refused";
            amount: number;
            /** @description what the payer gets back */
            payer?: number;
            /** @description amount − payer: goes back to the funders */
            discountReturned?: number;
            feeReturned?: number;
            /** @description the same as discountReturned, under the key that all transactions have */
            discount?: number;
            /** @description the same as payer */
            payable?: number;
            /** @description what comes back of each offer; rebates taken back stand only here */
            offers?: components["schemas"]["GrantedOffer"][];
            /** @description final = returned */
            fee?: components["schemas"]["Fee"];
            /** @description what can still be refunded after this */
            left?: number;
            /** @description why it was refused */
            reason?: string;
            businessDate?: string;
        };
        RefundList: {
            refunds: components["schemas"]["RefundAnswer"][];
        };
        RefundRequest: {
            /** @description the refund's own serial: its idempotency key */
            serial: string;
            /** @description part of the original gross amount, in fen; with policy "keep" of what was paid */
            amount: number;
            /** @description part of "amount" that offers looked at; absent = amount × eligible ÷ gross, half up */
            eligibleAmount?: number;
        };
        RefundRule: {
            /** @enum {string} */
            policy?: "proportional" | "discountFirst" | "fullOnly" | "keep" | "recompute" | "none";
            restore?: {
                amount?: boolean;
                count?: boolean | "fullRefundOnly";
                void?: boolean;
            };
            /**
             * @description from a refund on the offer is closed to each identity and the card of the payment
             * @enum {string}
             */
            block?: "day" | "campaign";
        };
        Refusal: {
            /** @description absent when the reason concerns the whole payment (open_holds, deadline, unavailable) */
            offer?: string;
            reason: components["schemas"]["Reason"];
            limit?: string;
            limitAmount?: number;
            limitCount?: number;
            usedAmount?: number;
            heldAmount?: number;
            usedCount?: number;
            heldCount?: number;
            /** @description when the period ends; absent: never */
            until?: string;
        };
        RejectProposal: {
            hash: string;
            reason: string;
        };
        RejectionRequest: {
            hash: string;
            reason: string;
        };
        ReportColumn: {
            key: string;
            zh: string;
            en: string;
            /** @enum {string} */
            type: "text" | "integer" | "amount" | "rate" | "date" | "instant" | "flag";
            /** @description of a text that is a code: what files show in its place */
            words?: {
                [key: string]: {
                    zh: string;
                    en: string;
                };
            };
        };
        ReportDeliveryAnswer: {
            target: string;
            attempts: number;
            /** @description instant with offset */
            deliveredAt?: string;
            /** @description why the last attempt failed */
            lastError?: string;
            /** @description not before: of what is not delivered yet */
            nextAt?: string;
        };
        ReportKindList: {
            reports: {
                /** @enum {string} */
                kind: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
                zh: string;
                en: string;
                /** @description any one of them */
                scopes: string[];
                /** @description parameters that must be there besides the dates */
                needs: string[];
                /** @description parameters that may be there */
                takes: string[];
                sections: {
                    section: string;
                    zh: string;
                    en: string;
                    columns: components["schemas"]["ReportColumn"][];
                }[];
            }[];
        };
        ReportLinkAnswer: {
            /** @description GET it once, with the key that asked for it */
            path: string;
            /** @description instant with offset */
            expiresAt: string;
        };
        ReportPage: {
            /** @enum {string} */
            kind: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
            section: string;
            columns: components["schemas"]["ReportColumn"][];
            /** @description amounts in fen, rates in ppm */
            rows: {
                [key: string]: string | number | boolean | null;
            }[];
            /** @description of the whole section, one row per currency; only with the first page */
            totals: {
                [key: string]: string | number | boolean | null;
            }[];
            /** @description only with the first page */
            charts: {
                /** @enum {string} */
                kind: "bar" | "line" | "pie";
                zh: string;
                en: string;
                /**
                 * @description of its values
                 * @enum {string}
                 */
                type: "text" | "integer" | "amount" | "rate" | "date" | "instant" | "flag";
                categories: string[];
                series: {
                    zh: string;
                    en: string;
                    values: number[];
                }[];
            }[];
            /** @description what a reader of the totals must know */
            remark?: {
                zh: string;
                en: string;
            };
            snapshot: string;
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ReportParameters: {
            /** @description first business date */
            from: components["schemas"]["IsoDate"];
            /** @description last business date */
            to: components["schemas"]["IsoDate"];
            partner?: string;
            merchant?: string;
            campaign?: string;
            offer?: string;
            /** @description payment method */
            method?: string;
            client?: string;
            /** @description whose bills */
            source?: string;
            currency?: string;
        };
        ReportRequestInput: {
            /** @enum {string} */
            kind: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
            parameters: components["schemas"]["ReportParameters"];
            /** @description of a CSV or PDF; absent: the first. XLSX has them all */
            section?: string;
            /**
             * @default xlsx
             * @enum {string}
             */
            format: "csv" | "xlsx" | "pdf";
            /**
             * @default zh
             * @enum {string}
             */
            language: "zh" | "en";
            /**
             * @description of a CSV file
             * @default utf-8
             * @enum {string}
             */
            encoding: "utf-8" | "gb18030";
        };
        ReportRunAnswer: {
            id: number;
            /** @enum {string} */
            kind: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
            parameters: components["schemas"]["ReportParameters"];
            section?: string;
            /** @enum {string} */
            format: "csv" | "xlsx" | "pdf";
            /** @enum {string} */
            language: "zh" | "en";
            /** @enum {string} */
            encoding: "utf-8" | "gb18030";
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed" | "cancelled" | "expired";
            requestedBy: string;
            /** @description instant with offset */
            requestedAt: string;
            /** @description the schedule that asked for it */
            schedule?: string;
            /** @description instant with offset */
            startedAt?: string;
            /** @description instant with offset */
            finishedAt?: string;
            /** @description how often it was begun */
            attempt: number;
            /** @description progress, about once a second */
            rowsWritten: number;
            /** @description what state of the books it shows */
            snapshot?: string;
            rows?: number;
            bytes?: number;
            /** @description of the file */
            sha256?: string;
            fileName?: string;
            /** @description what a statement prints on each page */
            checkCode?: string;
            /** @description report_disagrees: its figures and the ledger differ, and a case was opened */
            failure?: string;
            /** @description when its file goes; the row and its SHA-256 stay */
            expiresAt?: string;
            /** @description where a schedule sends it, each place once */
            deliveries?: components["schemas"]["ReportDeliveryAnswer"][];
        };
        ReportRunPage: {
            runs: components["schemas"]["ReportRunAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        ReportScheduleAnswer: {
            name?: string;
            /** @enum {string} */
            kind: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
            /**
             * @description without dates: `range` gives them
             * @default {}
             */
            parameters: {
                partner?: string;
                merchant?: string;
                campaign?: string;
                offer?: string;
                /** @description payment method */
                method?: string;
                client?: string;
                /** @description whose bills */
                source?: string;
                currency?: string;
            };
            /**
             * @description business dates, seen from the institution’s date at the scheduled time; business_day_before: the last workday before it
             * @enum {string}
             */
            range: "yesterday" | "business_day_before" | "last_7_days" | "last_week" | "last_month";
            /** @description of a CSV or PDF; absent: the first. XLSX has them all */
            section?: string;
            /**
             * @default xlsx
             * @enum {string}
             */
            format: "csv" | "xlsx" | "pdf";
            /**
             * @default zh
             * @enum {string}
             */
            language: "zh" | "en";
            /**
             * @description of a CSV file
             * @default utf-8
             * @enum {string}
             */
            encoding: "utf-8" | "gb18030";
            at: string;
            /** @description every day, on days of the week, or on days of the month */
            when: {
                /** @enum {string} */
                every: "day";
            } | {
                /** @enum {string} */
                every: "week";
                on: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
            } | {
                /** @enum {string} */
                every: "month";
                on: number[];
            };
            /** @description of `at`; absent: the institution’s */
            zone?: string;
            /**
             * @description names in LIJIAN_REPORT_TARGETS: folders, buckets, webhooks, mailboxes
             * @default []
             */
            deliverTo: string[];
            /** @default true */
            active: boolean;
            code: string;
            updatedBy: string;
            /** @description instant with offset */
            updatedAt: string;
            /** @enum {string} */
            stopped?: "key_revoked";
        };
        ReportScheduleList: {
            schedules: components["schemas"]["ReportScheduleAnswer"][];
        };
        ReportScheduleRequestInput: {
            name?: string;
            /** @enum {string} */
            kind: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
            /**
             * @description without dates: `range` gives them
             * @default {}
             */
            parameters: {
                partner?: string;
                merchant?: string;
                campaign?: string;
                offer?: string;
                /** @description payment method */
                method?: string;
                client?: string;
                /** @description whose bills */
                source?: string;
                currency?: string;
            };
            /**
             * @description business dates, seen from the institution’s date at the scheduled time; business_day_before: the last workday before it
             * @enum {string}
             */
            range: "yesterday" | "business_day_before" | "last_7_days" | "last_week" | "last_month";
            /** @description of a CSV or PDF; absent: the first. XLSX has them all */
            section?: string;
            /**
             * @default xlsx
             * @enum {string}
             */
            format: "csv" | "xlsx" | "pdf";
            /**
             * @default zh
             * @enum {string}
             */
            language: "zh" | "en";
            /**
             * @description of a CSV file
             * @default utf-8
             * @enum {string}
             */
            encoding: "utf-8" | "gb18030";
            at: string;
            /** @description every day, on days of the week, or on days of the month */
            when: {
                /** @enum {string} */
                every: "day";
            } | {
                /** @enum {string} */
                every: "week";
                on: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
            } | {
                /** @enum {string} */
                every: "month";
                on: number[];
            };
            /** @description of `at`; absent: the institution’s */
            zone?: string;
            /**
             * @description names in LIJIAN_REPORT_TARGETS: folders, buckets, webhooks, mailboxes
             * @default []
             */
            deliverTo: string[];
            /** @default true */
            active: boolean;
        };
        ResolutionAnswer: {
            /** @description of the proposal */
            id: number;
            case: number;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
            /** @description send it with the approval */
            hash: string;
            maker: string;
            /** @description instant with offset */
            madeAt: string;
            checker?: string;
            /** @description instant with offset */
            checkedAt?: string;
            rejectedBecause?: string;
            body: components["schemas"]["ResolutionRequest"];
        };
        ResolutionRequest: {
            /**
             * @description it stands as it is; money over, short or unplaced goes to suspense
             * @enum {string}
             */
            resolution: "accept";
            /** @description why this is right */
            reason: string;
            /** @description where the evidence is kept */
            evidence?: string;
        } | {
            /**
             * @description unfunded: the funder bears it after the fact
             * @enum {string}
             */
            resolution: "grant";
            /** @description reference of the funder's consent */
            consent: string;
            /** @description why this is right */
            reason: string;
            /** @description where the evidence is kept */
            evidence?: string;
        } | {
            /**
             * @description from one account to another
             * @enum {string}
             */
            resolution: "adjust";
            /** @description an account of the chart: docs/reference/postings.md */
            debit: string;
            /** @description an account of the chart: docs/reference/postings.md */
            credit: string;
            amount: number;
            /** @description why this is right */
            reason: string;
            /** @description where the evidence is kept */
            evidence?: string;
        } | {
            /** @enum {string} */
            resolution: "write_off";
            /** @description an account of the chart: docs/reference/postings.md */
            account: string;
            /** @description above 0: a loss, credited to the account; below: a gain, debited to it */
            amount: number;
            /** @description why this is right */
            reason: string;
            /** @description where the evidence is kept */
            evidence?: string;
        };
        ResultRequest: {
            /** @enum {string} */
            outcome: "success" | "failure";
            /** @description what was sent upstream, in the minor unit; a success needs it, unless the client may omit it (mayOmitPaid) */
            paid?: number;
            /** @description of the answer that the payer acted on; then money is a case even where nothing is held any more */
            marketingSerial?: string;
            upstreamSerial?: string;
            paidAt?: components["schemas"]["Instant"];
            card?: components["schemas"]["Card"];
            /** @enum {string} */
            cardType?: "credit" | "debit" | "prepaid" | "quasi_credit";
            /** @enum {string} */
            cardRegion?: "domestic" | "overseas";
            scheme?: string;
            pinFree?: boolean;
        };
        RevealAnswer: {
            proposal: number;
            partner: string;
            depositAccount?: {
                bank: string;
                holder: string;
                /** @description whole, this once */
                number: string;
            };
            payoutAccount?: {
                bank: string;
                holder: string;
                /** @description whole, this once */
                number: string;
            };
            shownTo: string;
            shownAt: string;
        };
        RevealRequest: {
            depositAccount?: {
                /** @description as your own papers have it, not as it was entered */
                holder: string;
            };
            payoutAccount?: {
                /** @description as your own papers have it, not as it was entered */
                holder: string;
            };
        };
        ReverseAnswer: {
            /** @description the reverse transaction's own serial */
            serial: string;
            originalSerial: string;
            /** @enum {string} */
            kind: "reversal" | "void";
            /** @enum {string} */
            state: "reversed" | "voided";
            amount: number;
            discount: number;
            payable: number;
            offers: components["schemas"]["GrantedOffer"][];
            fee: components["schemas"]["Fee"];
            businessDate: string;
        };
        RolePage: {
            roles: {
                code: string;
                name: string;
                nameZh: string;
                scopes: components["schemas"]["Scope"][];
                conflicts: {
                    role: string;
                    why: string;
                }[];
            }[];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        RoleRequest: {
            name: string;
            nameZh: string;
            /** @description never "transactions": persons send no payments */
            scopes: components["schemas"]["Scope"][];
            /** @description roles that nobody holds beside this one; absent: as it stands */
            conflicts?: {
                role: string;
                why: string;
            }[];
        };
        RouteAnswer: {
            serial: string;
            amount: number;
            route: components["schemas"]["ChosenRoute"] | null;
            holdExpiresAt?: string;
            reasons?: components["schemas"]["RouteRefusal"][];
            /** @enum {string} */
            cardUsage?: "ok" | "near" | "over";
            cardUsageCounts?: components["schemas"]["CardUsageCount"][];
        };
        RouteBody: {
            serial: string;
            merchant: string;
            method: string;
            type: string;
            amount: number;
            at?: components["schemas"]["Instant"];
            issuer?: string;
            /** @enum {string} */
            cardType?: "credit" | "debit" | "prepaid" | "quasi_credit";
            scheme?: string;
            cardToken?: string;
            /** @description default: the merchant's */
            region?: string;
            /** @description default: the merchant's MCC */
            industry?: string;
            /** @description MIDs that have failed: with the same serial the next attempt */
            exclude?: string[];
            card?: components["schemas"]["Card"];
            holdSeconds?: number;
            deadlineMs?: number;
        };
        RouteDecision: {
            at: string;
            /** @description of the routing document */
            version: number;
            exclude: string[];
            mid: string | null;
            /**
             * @description what making it again gives
             * @enum {string}
             */
            verdict: "same" | "different" | "not_recomputed";
            /** @description every pool and MID that was passed over on the way, in the order of asking */
            refusals: components["schemas"]["RouteRefusal"][];
        };
        RouteRefusal: {
            pool?: string;
            mid?: string;
            /** @enum {string} */
            reason: "no_route" | "suspended" | "outside_hours" | "amount_below_minimum" | "amount_above_maximum" | "success_rate" | "credit_debit_difference" | "credit_ratio" | "excluded" | "merchant_not_allowed" | "region" | "industry" | "card_not_supported" | "card_limit_exhausted" | "limit_exhausted" | "deadline" | "unavailable";
            /**
             * @description whose status, hours, range or limit it was
             * @enum {string}
             */
            of?: "channel" | "mid" | "pool" | "merchant";
            /** @description fen, or payments */
            limit?: number;
            /** @description used, over and held of it */
            taken?: number;
            held?: number;
            /** @enum {string} */
            measure?: "amount" | "count";
            ratePpm?: number;
        };
        RouteResultRequest: {
            /** @description the MID of the attempt */
            mid: string;
            /** @enum {string} */
            outcome: "success" | "failure";
            /**
             * @description timeout: nobody knows yet, the reservation stays; absent: it was the channel
             * @enum {string}
             */
            failure?: "declined" | "channel_error" | "timeout";
            /** @enum {string} */
            cardType?: "credit" | "debit" | "prepaid" | "quasi_credit";
            card?: components["schemas"]["Card"];
            upstreamSerial?: string;
        };
        RouteStateAnswer: {
            serial: string;
            /** @enum {string} */
            state: "no_route" | "reserved" | "succeeded" | "failed" | "expired";
            /** @description absent: nothing is known of this serial */
            amount?: number;
            attempts: components["schemas"]["AttemptAnswer"][];
            explanation?: components["schemas"]["RouteDecision"][];
            /** @enum {string} */
            cardUsage?: "ok" | "near" | "over";
            cardUsageCounts?: components["schemas"]["CardUsageCount"][];
        };
        RoutingAnswer: {
            version: number;
            maker: string;
            /** @description in force since then; of a draft: sent then */
            createdAt: string;
            /** @description who has approved it; absent: in force since before two people had to agree */
            checker?: string;
            /** @description by which it was approved, or waits */
            proposal?: number;
            /**
             * @description it waits for approval, or was not approved; never in force
             * @enum {boolean}
             */
            draft?: true;
            suspensions: components["schemas"]["SuspensionAnswer"][];
            document: components["schemas"]["RoutingShape"];
        };
        RoutingChannel: {
            code: string;
            name?: string;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended";
            /** @description fen of one day in the time zone of the document */
            dailyAmount?: number;
            dailyCount?: number;
            perTransaction?: {
                min?: number;
                max?: number;
            };
            serviceHours?: [
                string,
                string
            ][];
            cards?: components["schemas"]["ChannelCards"][];
            /** @description payments of one card a day */
            cardDailyCount?: number;
        };
        RoutingChannelInput: {
            code: string;
            name?: string;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended";
            /** @description fen of one day in the time zone of the document */
            dailyAmount?: number;
            dailyCount?: number;
            perTransaction?: {
                min?: number;
                max?: number;
            };
            serviceHours?: [
                string,
                string
            ][];
            cards?: components["schemas"]["ChannelCardsInput"][];
            /** @description payments of one card a day */
            cardDailyCount?: number;
        };
        RoutingMid: {
            code: string;
            channel: string;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended";
            /** @description fen of one day in the time zone of the document */
            dailyAmount?: number;
            dailyCount?: number;
            perTransaction?: {
                min?: number;
                max?: number;
            };
            serviceHours?: [
                string,
                string
            ][];
            /** @description where the secret is kept; never the secret */
            secretRef?: string;
            region?: string;
            industry?: string;
            /** @description real-name (一户一报); absent: shared */
            allowedMerchants?: string[];
            cardDailyCount?: number;
            /**
             * @description greater first
             * @default 0
             */
            priority: number;
        };
        RoutingMidInput: {
            code: string;
            channel: string;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended";
            /** @description fen of one day in the time zone of the document */
            dailyAmount?: number;
            dailyCount?: number;
            perTransaction?: {
                min?: number;
                max?: number;
            };
            serviceHours?: [
                string,
                string
            ][];
            /** @description where the secret is kept; never the secret */
            secretRef?: string;
            region?: string;
            industry?: string;
            /** @description real-name (一户一报); absent: shared */
            allowedMerchants?: string[];
            cardDailyCount?: number;
            /**
             * @description greater first
             * @default 0
             */
            priority: number;
        };
        RoutingPool: {
            code: string;
            name?: string;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended";
            /** @description fen of one day in the time zone of the document */
            dailyAmount?: number;
            dailyCount?: number;
            perTransaction?: {
                min?: number;
                max?: number;
            };
            serviceHours?: [
                string,
                string
            ][];
            mids: string[];
            /**
             * @default priority
             * @enum {string}
             */
            order: "random" | "cost" | "priority";
            minSuccess?: components["schemas"]["MinSuccess"];
            /** @description 最小贷借差额, fen */
            minCreditMinusDebit?: number;
            maxCreditPpm?: number;
            /** @description maxCreditPpm counts once the day has so much */
            ratioFrom?: number;
            /** @description who has approved that its MIDs without allowedMerchants are shared */
            shared?: {
                approvedBy: string;
                reference: string;
            };
        };
        RoutingPoolInput: {
            code: string;
            name?: string;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "suspended";
            /** @description fen of one day in the time zone of the document */
            dailyAmount?: number;
            dailyCount?: number;
            perTransaction?: {
                min?: number;
                max?: number;
            };
            serviceHours?: [
                string,
                string
            ][];
            mids: string[];
            /**
             * @default priority
             * @enum {string}
             */
            order: "random" | "cost" | "priority";
            minSuccess?: components["schemas"]["MinSuccess"];
            /** @description 最小贷借差额, fen */
            minCreditMinusDebit?: number;
            maxCreditPpm?: number;
            /** @description maxCreditPpm counts once the day has so much */
            ratioFrom?: number;
            /** @description who has approved that its MIDs without allowedMerchants are shared */
            shared?: {
                approvedBy: string;
                reference: string;
            };
        };
        RoutingPutAnswer: {
            version?: number;
            /** @enum {boolean} */
            dryRun?: true;
            /** @description approve it with this hash: POST /v1/proposals/{id}/approve */
            proposal?: {
                id: number;
                hash: string;
            };
            channels: number;
            mids: number;
            pools: number;
            merchants: number;
            warnings: components["schemas"]["RoutingWarning"][];
        };
        RoutingShape: {
            $schema?: string;
            timeZone: string;
            channels: components["schemas"]["RoutingChannel"][];
            mids: components["schemas"]["RoutingMid"][];
            pools: components["schemas"]["RoutingPool"][];
            merchants: components["schemas"]["MerchantRoutes"][];
            cardUsage?: components["schemas"]["CardUsagePolicy"];
        };
        RoutingShapeInput: {
            $schema?: string;
            timeZone: string;
            channels: components["schemas"]["RoutingChannelInput"][];
            mids: components["schemas"]["RoutingMidInput"][];
            pools: components["schemas"]["RoutingPoolInput"][];
            merchants: components["schemas"]["MerchantRoutes"][];
            cardUsage?: components["schemas"]["CardUsagePolicyInput"];
        };
        RoutingVersion: {
            version: number;
            maker: string;
            /** @description in force since then; of a draft: sent then */
            createdAt: string;
            /** @description who has approved it; absent: in force since before two people had to agree */
            checker?: string;
            /** @description by which it was approved, or waits */
            proposal?: number;
            /**
             * @description it waits for approval, or was not approved; never in force
             * @enum {boolean}
             */
            draft?: true;
        };
        RoutingVersions: {
            versions: components["schemas"]["RoutingVersion"][];
            next?: string;
        };
        RoutingWarning: {
            code: string;
            /**
             * @description refuse: not accepted live
             * @enum {string}
             */
            level: "refuse" | "warning" | "info";
            path: string;
            message: string;
            messageZh: string;
            proof: {
                [key: string]: unknown;
            };
        };
        RuleTemplate: {
            code: string;
            names: {
                en: string;
                "zh-CN": string;
            };
            /** @description JSON Schema (2020-12) of the parameters */
            parameters: components["schemas"]["TemplateParameters"];
            /** @description what the campaign does, for people: "{atLeast}" is the parameter as people write it */
            sentences: {
                en: string;
                "zh-CN": string;
            }[];
            /** @description the code of a preview that names none */
            campaignCode: string;
            /** @description the name of a campaign that is given none: "满{atLeast|bare}减{off|bare}" */
            campaignName: string;
            /** @description a campaign document in which {"$": "atLeast"} stands for a parameter, and "{code}-1" is a text with one in it; "code" and "name" are there always. What holds only parameters that were left out is left out. */
            campaign: {
                [key: string]: unknown;
            };
        };
        RuleTemplateAnswer: {
            code: string;
            names: {
                en: string;
                "zh-CN": string;
            };
            /** @description version of the template shown */
            version: number;
            /**
             * @description of that version; retired: another was approved after it, or it was taken out of use
             * @enum {string}
             */
            state: "not_approved" | "approved" | "retired";
            latestVersion: number;
            /** @description the version that new campaigns are made from; absent: there is none */
            approvedVersion?: number;
            maker: string;
            checker?: string;
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            approvedAt?: string;
            /** @description instant with offset */
            retiredAt?: string;
            document: components["schemas"]["RuleTemplate"];
            /** @description of the version just stored: what another person approves */
            proposal?: components["schemas"]["ProposalAnswer"];
        };
        RuleTemplateLine: {
            code: string;
            names: {
                en: string;
                "zh-CN": string;
            };
            /** @description version of the template shown */
            version: number;
            /**
             * @description of that version; retired: another was approved after it, or it was taken out of use
             * @enum {string}
             */
            state: "not_approved" | "approved" | "retired";
            latestVersion: number;
            /** @description the version that new campaigns are made from; absent: there is none */
            approvedVersion?: number;
            maker: string;
            checker?: string;
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            approvedAt?: string;
            /** @description instant with offset */
            retiredAt?: string;
        };
        RuleTemplatePage: {
            templates: components["schemas"]["RuleTemplateLine"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        RuleTemplateVersions: {
            /** @description newest first */
            versions: components["schemas"]["RuleTemplateLine"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        RuleWindow: {
            from?: components["schemas"]["IsoDate"];
            to?: components["schemas"]["IsoDate"];
            /** @description start inclusive, end exclusive; a range may pass midnight; the activity day is the day on which it began */
            daily?: [
                string,
                string
            ][];
            weekdays?: number[];
            excludedWeekdays?: number[];
            excludedDates?: components["schemas"]["IsoDate"][];
            /** @description only these activity days */
            dates?: components["schemas"]["IsoDate"][];
            /** @description by China's public calendar; make-up days are workdays */
            dayTypes?: ("workday" | "weekend" | "holiday")[];
        };
        SavedView: {
            code: string;
            name: string;
            page: string;
            state: {
                [key: string]: unknown;
            };
            shared: boolean;
            owner: string;
            mine: boolean;
            /** @description instant with offset */
            updatedAt: string;
        };
        SavedViewList: {
            /** @description your own, then those that others share */
            views: components["schemas"]["SavedView"][];
        };
        SavedViewRequest: {
            name: string;
            /** @description of the console */
            page: string;
            /** @description filters, columns, order: whatever the page makes of it */
            state: {
                [key: string]: (string | number | boolean) | (string | number | boolean)[] | {
                    [key: string]: string | number | boolean;
                };
            };
            /** @description everybody sees it, and you alone change it; absent: you alone see it */
            shared?: boolean;
        };
        /** @enum {string} */
        Scope: "transactions" | "campaigns.make" | "campaigns.check" | "merchants" | "routing" | "card-groups" | "partners" | "funding.make" | "funding.check" | "cases" | "reconciliation" | "finance" | "read" | "read.marketing" | "read.transactions" | "read.money" | "read.clearing" | "read.routing" | "read.audit" | "read.people" | "admin";
        SearchAnswer: {
            q: string;
            /** @description what q names whole; one alone: go there */
            exact: {
                /** @enum {string} */
                kind: "transaction" | "campaign" | "merchant" | "partner" | "mid" | "case" | "card_usage_case" | "proposal" | "clearing_file" | "card_group" | "customer_group" | "client";
                id: string;
                name?: string;
                state?: string;
                /** @description of a transaction: serials are names within a client */
                client?: string;
                /** @description of the API */
                address: string;
            }[];
            groups: {
                /** @enum {string} */
                kind: "transaction" | "campaign" | "merchant" | "partner" | "mid" | "case" | "card_usage_case" | "proposal" | "clearing_file" | "card_group" | "customer_group" | "client";
                /** @description what begins with q, at most 5 */
                items: {
                    /** @enum {string} */
                    kind: "transaction" | "campaign" | "merchant" | "partner" | "mid" | "case" | "card_usage_case" | "proposal" | "clearing_file" | "card_group" | "customer_group" | "client";
                    id: string;
                    name?: string;
                    state?: string;
                    /** @description of a transaction: serials are names within a client */
                    client?: string;
                    /** @description of the API */
                    address: string;
                }[];
                more: boolean;
            }[];
            /** @description kinds that were not answered in time */
            late: ("transaction" | "campaign" | "merchant" | "partner" | "mid" | "case" | "card_usage_case" | "proposal" | "clearing_file" | "card_group" | "customer_group" | "client")[];
        };
        SessionAnswer: {
            id: string;
            current: boolean;
            /** @description instant with offset */
            startedAt: string;
            /** @description instant with offset */
            seenAt: string;
            /** @description instant with offset */
            endsAt: string;
            address: string;
            /** @description the browser, as it names itself */
            agent: string;
        };
        SessionList: {
            sessions: components["schemas"]["SessionAnswer"][];
        };
        SharedPoolRequest: {
            pool: string;
            /** @description who may use it; absent: whoever has a route to it */
            merchants?: string[];
            reason: string;
        };
        SignInRequest: {
            login: string;
            password: string;
            /** @description of the authenticator; needed once the account has one */
            code?: string;
        };
        StoredBacktest: {
            campaign: string;
            /** @description the newest that has this document */
            version: number;
            summary: components["schemas"]["BacktestSummary"];
            /** @description API key that stored it */
            ranBy: string;
            /** @description instant with offset */
            ranAt: string;
            /** @description the newest before the approval of its version, or the newest while it waits for one */
            isPromise: boolean;
        };
        StoredBacktests: {
            /** @description newest first, at most 20 */
            backtests: components["schemas"]["StoredBacktest"][];
        };
        SuspensionAnswer: {
            ref: string;
            /**
             * @description resume_requested: still suspended until somebody else resumes too
             * @enum {string}
             */
            state: "active" | "suspended" | "resume_requested";
            /** @description instant with offset */
            suspendedAt?: string;
        };
        TemplateParameter: {
            /** @enum {string} */
            type: "integer";
            /**
             * @description how people read it: fen as yuan, ppm as per cent, weekday (1 = Monday) by its name
             * @enum {string}
             */
            format?: "fen" | "ppm" | "count" | "weekday";
            minimum?: number;
            maximum?: number;
            multipleOf?: number;
            enum?: number[];
            /** @description what the field is called, in English */
            title: string;
            /** @description the same in Chinese */
            titleZh: string;
            description?: string;
            descriptionZh?: string;
            /** @description taken where the parameter is left out */
            default?: (number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[];
            /** @description the first is tried where there is no default */
            examples?: ((number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[])[];
        } | {
            /** @enum {string} */
            type: "string";
            /**
             * @description date: 2026-10-01; code: as of documents; clock: 09:30; line (default): one line of text
             * @enum {string}
             */
            format?: "date" | "code" | "clock" | "line";
            minLength?: number;
            maxLength?: number;
            enum?: string[];
            /** @description what people read for each entry of "enum", in its order */
            words?: {
                en: string;
                "zh-CN": string;
            }[];
            /** @description what the field is called, in English */
            title: string;
            /** @description the same in Chinese */
            titleZh: string;
            description?: string;
            descriptionZh?: string;
            /** @description taken where the parameter is left out */
            default?: (number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[];
            /** @description the first is tried where there is no default */
            examples?: ((number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[])[];
        } | {
            /** @enum {string} */
            type: "boolean";
            /** @description what the field is called, in English */
            title: string;
            /** @description the same in Chinese */
            titleZh: string;
            description?: string;
            descriptionZh?: string;
            /** @description taken where the parameter is left out */
            default?: (number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[];
            /** @description the first is tried where there is no default */
            examples?: ((number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[])[];
        } | {
            /** @enum {string} */
            type: "array";
            items: {
                /** @enum {string} */
                type: "integer";
                /**
                 * @description how people read it: fen as yuan, ppm as per cent, weekday (1 = Monday) by its name
                 * @enum {string}
                 */
                format?: "fen" | "ppm" | "count" | "weekday";
                minimum?: number;
                maximum?: number;
                multipleOf?: number;
                enum?: number[];
            } | {
                /** @enum {string} */
                type: "string";
                /**
                 * @description date: 2026-10-01; code: as of documents; clock: 09:30; line (default): one line of text
                 * @enum {string}
                 */
                format?: "date" | "code" | "clock" | "line";
                minLength?: number;
                maxLength?: number;
                enum?: string[];
                /** @description what people read for each entry of "enum", in its order */
                words?: {
                    en: string;
                    "zh-CN": string;
                }[];
            } | {
                /** @enum {string} */
                type: "boolean";
            } | {
                /** @enum {string} */
                type: "array";
                items: {
                    /** @enum {string} */
                    type: "integer";
                    /**
                     * @description how people read it: fen as yuan, ppm as per cent, weekday (1 = Monday) by its name
                     * @enum {string}
                     */
                    format?: "fen" | "ppm" | "count" | "weekday";
                    minimum?: number;
                    maximum?: number;
                    multipleOf?: number;
                    enum?: number[];
                } | {
                    /** @enum {string} */
                    type: "string";
                    /**
                     * @description date: 2026-10-01; code: as of documents; clock: 09:30; line (default): one line of text
                     * @enum {string}
                     */
                    format?: "date" | "code" | "clock" | "line";
                    minLength?: number;
                    maxLength?: number;
                    enum?: string[];
                    /** @description what people read for each entry of "enum", in its order */
                    words?: {
                        en: string;
                        "zh-CN": string;
                    }[];
                } | {
                    /** @enum {string} */
                    type: "boolean";
                };
                minItems?: number;
                maxItems?: number;
                uniqueItems?: boolean;
            };
            minItems?: number;
            maxItems?: number;
            uniqueItems?: boolean;
            /** @description what the field is called, in English */
            title: string;
            /** @description the same in Chinese */
            titleZh: string;
            description?: string;
            descriptionZh?: string;
            /** @description taken where the parameter is left out */
            default?: (number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[];
            /** @description the first is tried where there is no default */
            examples?: ((number | boolean | string) | ((number | boolean | string) | (number | boolean | string)[])[])[];
        };
        TemplateParameters: {
            /** @enum {string} */
            $schema?: "https://json-schema.org/draft/2020-12/schema";
            /** @enum {string} */
            type: "object";
            properties: {
                [key: string]: components["schemas"]["TemplateParameter"];
            };
            required?: string[];
            /** @enum {boolean} */
            additionalProperties: false;
        };
        TemplatePreview: {
            template: string;
            version: number;
            /** @description with the defaults of those that were left out */
            parameters: components["schemas"]["ParameterValues"];
            sentences: {
                en: string;
                "zh-CN": string;
            }[];
            warnings: components["schemas"]["DocumentWarning"][];
            document: components["schemas"]["CampaignShape"];
        };
        TemplatePreviewRequest: {
            /** @description of the template; absent: the newest */
            version?: number;
            /** @description of the campaign; absent: the template's campaignCode */
            code?: string;
            /** @description of the campaign; absent: made from the template's campaignName */
            name?: string;
            parameters: components["schemas"]["ParameterValues"];
        };
        TokenAnswer: {
            id: string;
            name: string;
            /** @description at most; what your roles do not give any more is not open */
            scopes: components["schemas"]["Scope"][];
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            expiresAt: string;
            /** @description to the minute */
            lastUsedAt?: string;
            /** @description instant with offset */
            revokedAt?: string;
        };
        TokenMade: {
            id: string;
            name: string;
            /** @description at most; what your roles do not give any more is not open */
            scopes: components["schemas"]["Scope"][];
            /** @description instant with offset */
            createdAt: string;
            /** @description instant with offset */
            expiresAt: string;
            /** @description to the minute */
            lastUsedAt?: string;
            /** @description instant with offset */
            revokedAt?: string;
            /** @description shown this once; only its hash is stored */
            token: string;
        };
        TokenPage: {
            tokens: components["schemas"]["TokenAnswer"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        TokenRequest: {
            /** @description what it is for, such as the machine that keeps it */
            name: string;
            /** @description of those that your roles give; payments are for clients */
            scopes: components["schemas"]["Scope"][];
            expiresInDays: number;
        };
        TotpAnswer: {
            /** @description base32, for typing */
            secret: string;
            /** @description otpauth address, for a QR code */
            uri: string;
        };
        TransactionAnswer: {
            serial: string;
            marketingSerial?: string;
            /** @enum {string} */
            state: "no_offer" | "held" | "confirmed" | "cancelled" | "expired" | "reversed" | "voided" | "unfunded" | "partially_refunded" | "refunded";
            /** @description gross, in fen; absent only when a result names a serial that was never held */
            amount?: number;
            discount: number;
            payable?: number;
            /** @description what rebate offers will give back later; absent without one */
            rebate?: number;
            offers: components["schemas"]["GrantedOffer"][];
            fee?: components["schemas"]["Fee"];
            holdExpiresAt?: string;
            businessDate?: string;
            reasons?: components["schemas"]["Refusal"][];
        };
        TransactionPage: {
            transactions: components["schemas"]["ListedTransaction"][];
            /** @description send as "after" to go on; absent: that was all */
            next?: string;
        };
        TransactionRequestInput: {
            serial: string;
            merchant: string;
            subMerchant?: string;
            terminal?: string;
            /** @description gross amount in fen */
            amount: number;
            /** @description part of the amount that offers look at: goods excluded, net of other discounts */
            eligibleAmount?: number;
            /** @default CNY */
            currency: string;
            paymentMethod: string;
            card?: components["schemas"]["Card"];
            issuer?: string;
            /** @enum {string} */
            cardType?: "credit" | "debit" | "prepaid" | "quasi_credit";
            cardProduct?: string;
            /** @enum {string} */
            cardRegion?: "domestic" | "overseas";
            scheme?: string;
            pinFree?: boolean;
            customer?: string;
            identities?: {
                device?: string;
                phone?: string;
                bankPhone?: string;
                idNumber?: string;
                account?: string;
                card?: string;
            };
            facts?: string[];
            /** @description the instant that decides window and period; default: when the request arrives */
            at?: components["schemas"]["Instant"];
            holdSeconds?: number;
            deadlineMs?: number;
        };
        TransferRequest: {
            /** @enum {string} */
            to: "own" | "reserve";
            amount: number;
            /** @description absent: CNY */
            currency?: string;
            /** @description the bank's value date */
            valueDate: components["schemas"]["IsoDate"];
            /** @description of the bank, for this transfer: booked once, whichever partner it is entered for */
            bankReference: string;
            reason: string;
        };
        WebhookRotationAnswer: {
            serial: string;
            /** @description stored sealed; read it now */
            secret: string;
            /** @description instant with offset */
            since: string;
            /** @description instant with offset */
            beforeUntil?: string;
        };
        WebhookRotationRequest: {
            /** @description the rotation's own: sent again it is answered with the same secret */
            serial: string;
            /** @description how long the secret before signs too; absent = 24 */
            overlapHours?: number;
        };
        WebhookRotationWaiting: {
            serial: string;
            /** @description shown to its maker; it signs nothing before the approval */
            secret: string;
            proposal: components["schemas"]["ProposalAnswer"];
        };
        WithdrawalRequest: {
            amount: number;
            /** @description of the amount, in its minor unit; another than the partner's is refused */
            currency?: string;
            /** @description the campaign that has ended */
            campaign?: string;
            reason: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listTransactions: {
        parameters: {
            query?: {
                /** @description first day in the institution's zone; default today */
                from?: components["schemas"]["IsoDate"];
                /** @description last day; default: the first; at most 31 days together */
                to?: components["schemas"]["IsoDate"];
                /** @description only what was recorded on this date */
                businessDate?: components["schemas"]["IsoDate"];
                merchant?: string;
                campaign?: string;
                offer?: string;
                partner?: string;
                state?: "no_offer" | "held" | "confirmed" | "cancelled" | "expired" | "reversed" | "voided" | "unfunded" | "partially_refunded" | "refunded" | "waiting" | "refund_held" | "refused" | "done";
                kind?: "transaction" | "void" | "reversal" | "refund";
                serial?: string;
                originalSerial?: string;
                /** @description only for scope "read" */
                client?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queryTransaction: {
        parameters: {
            query?: {
                /** @description "true": every offer considered, with its reason */
                explain?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "T20261001-000001",
                 *       "merchant": "M0001",
                 *       "terminal": "POS-7",
                 *       "amount": 12000,
                 *       "currency": "CNY",
                 *       "paymentMethod": "swipe",
                 *       "card": {
                 *         "token": "cd_3q2-7wPz0Yb1kT5mXc9dRf4hJv8nLs6aGuEoWiQyHt",
                 *         "bin": "62270012",
                 *         "last4": "1234"
                 *       },
                 *       "cardType": "credit",
                 *       "customer": "C-1001",
                 *       "deadlineMs": 50
                 *     }
                 */
                "application/json": components["schemas"]["TransactionRequestInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "T20261001-000001",
                     *       "marketingSerial": "m_6f1f4d3e-2f0c-4c53-9a0e-5f0b6f7b8a11",
                     *       "state": "held",
                     *       "amount": 12000,
                     *       "discount": 1500,
                     *       "payable": 10500,
                     *       "offers": [
                     *         {
                     *           "campaign": "CCB-2026-Q4",
                     *           "version": 3,
                     *           "code": "CCB-2026-Q4-FOOD",
                     *           "name": "餐饮满100减15",
                     *           "kind": "amount",
                     *           "delivery": "instant",
                     *           "discount": 1500,
                     *           "funders": [
                     *             {
                     *               "partner": "CCB",
                     *               "amount": 1050
                     *             },
                     *             {
                     *               "partner": "@merchant",
                     *               "amount": 450
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "fee": {
                     *         "original": 72,
                     *         "final": 63,
                     *         "saved": 0
                     *       },
                     *       "holdExpiresAt": "2026-10-01T04:15:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TransactionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tellTransactionResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcome": "success",
                 *       "paid": 10500,
                 *       "marketingSerial": "m_6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
                 *       "upstreamSerial": "UP-99120031",
                 *       "paidAt": "2026-10-01T12:00:09+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["ResultRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reverseTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "T20261001-000001-R"
                 *     }
                 */
                "application/json": {
                    serial: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReverseAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    voidTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "T20261001-000001-R"
                 *     }
                 */
                "application/json": {
                    serial: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReverseAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTransaction: {
        parameters: {
            query?: {
                /** @description only for scope "read.transactions" */
                client?: string;
                /** @description "true": the decision computed again, and told in sentences */
                explain?: "true" | "false";
            };
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /** @description only for scope "read" */
                client?: string;
            };
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "R20261123-1",
                 *       "amount": 6400
                 *     }
                 */
                "application/json": components["schemas"]["RefundRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "R20261123-1",
                     *       "originalSerial": "20261123-000001",
                     *       "kind": "refund",
                     *       "state": "refund_held",
                     *       "amount": 6400,
                     *       "payer": 5650,
                     *       "discountReturned": 750,
                     *       "feeReturned": 0,
                     *       "discount": 750,
                     *       "payable": 5650,
                     *       "offers": [
                     *         {
                     *           "campaign": "CCB-DINING",
                     *           "version": 1,
                     *           "code": "CCB-DINING-100",
                     *           "name": "满100减15",
                     *           "kind": "amount",
                     *           "delivery": "instant",
                     *           "discount": 750,
                     *           "funders": [
                     *             {
                     *               "partner": "CCB",
                     *               "amount": 750
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "fee": {
                     *         "original": 0,
                     *         "final": 0,
                     *         "saved": 0
                     *       },
                     *       "left": 6400
                     *     }
                     */
                    "application/json": components["schemas"]["RefundAnswer"];
                };
            };
            /** @description it waits for the result of its original */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tellRefundResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serial: string;
                refund: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcome": "success"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    outcome: "success" | "failure";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "R20261123-1",
                     *       "originalSerial": "20261123-000001",
                     *       "kind": "refund",
                     *       "state": "refund_held",
                     *       "amount": 6400,
                     *       "payer": 5650,
                     *       "discountReturned": 750,
                     *       "feeReturned": 0,
                     *       "discount": 750,
                     *       "payable": 5650,
                     *       "offers": [
                     *         {
                     *           "campaign": "CCB-DINING",
                     *           "version": 1,
                     *           "code": "CCB-DINING-100",
                     *           "name": "满100减15",
                     *           "kind": "amount",
                     *           "delivery": "instant",
                     *           "discount": 750,
                     *           "funders": [
                     *             {
                     *               "partner": "CCB",
                     *               "amount": 750
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "fee": {
                     *         "original": 0,
                     *         "final": 0,
                     *         "saved": 0
                     *       },
                     *       "left": 6400
                     *     }
                     */
                    "application/json": components["schemas"]["RefundAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "payment": {
                 *         "serial": "TRY-1",
                 *         "merchant": "M0001",
                 *         "amount": 12800,
                 *         "currency": "CNY",
                 *         "paymentMethod": "qr",
                 *         "card": {
                 *           "token": "c_sCg5l0Qk4vYHnLzW7yq1Yw",
                 *           "bin": "622166"
                 *         },
                 *         "at": "2027-01-02T12:00:00+08:00"
                 *       },
                 *       "drafts": [
                 *         "CCB-2026-Q4"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["EvaluationRequestInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "TRY-1",
                     *       "state": "held",
                     *       "amount": 12800,
                     *       "discount": 1500,
                     *       "payable": 11300,
                     *       "offers": [
                     *         {
                     *           "campaign": "CCB-2026-Q4",
                     *           "version": 4,
                     *           "code": "CCB-2026-Q4-ALL",
                     *           "name": "满100减15",
                     *           "kind": "amount",
                     *           "delivery": "instant",
                     *           "discount": 1500,
                     *           "funders": [
                     *             {
                     *               "partner": "CCB",
                     *               "amount": 1500
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "fee": {
                     *         "original": 49,
                     *         "final": 43,
                     *         "saved": 0
                     *       },
                     *       "reasons": [
                     *         {
                     *           "offer": "CITY-50",
                     *           "reason": "merchant_not_bound"
                     *         }
                     *       ],
                     *       "considered": [
                     *         {
                     *           "campaign": "CCB-2026-Q4",
                     *           "version": 4,
                     *           "offer": "CCB-2026-Q4-ALL",
                     *           "counters": [
                     *             {
                     *               "limit": "CCB-2026-Q4#budget",
                     *               "limitAmount": 4000000,
                     *               "usedAmount": 3000000,
                     *               "heldAmount": 1500,
                     *               "usedCount": 2000,
                     *               "heldCount": 1
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EvaluationAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCampaign: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-2026-Q4",
                     *       "name": "建行秋季立减",
                     *       "version": 3,
                     *       "state": "approved",
                     *       "latestVersion": 3,
                     *       "liveVersion": 3,
                     *       "maker": "abcdefgh2345",
                     *       "checker": "zyxwvuts9876",
                     *       "createdAt": "2026-09-20T02:00:00.000Z",
                     *       "approvedAt": "2026-09-21T02:00:00.000Z",
                     *       "suspensions": [],
                     *       "warnings": [
                     *         {
                     *           "code": "limit_lowered",
                     *           "level": "warning",
                     *           "path": "budget.amount",
                     *           "message": "CCB-2026-Q4#budget: amount lowered to 4000000 below what is used and held: set to 4100500.",
                     *           "messageZh": "CCB-2026-Q4#budget:amount 降为 4000000,低于已用与占用之和:按 4100500 计。",
                     *           "proof": {
                     *             "limit": "CCB-2026-Q4#budget",
                     *             "amount": 4000000,
                     *             "used": 4000500,
                     *             "held": 100000
                     *           }
                     *         }
                     *       ],
                     *       "document": {
                     *         "code": "CCB-2026-Q4",
                     *         "name": "建行秋季立减",
                     *         "timeZone": "Asia/Shanghai",
                     *         "from": "2026-10-01",
                     *         "currency": "CNY",
                     *         "paymentMode": "postpay",
                     *         "funders": [
                     *           {
                     *             "partner": "CCB",
                     *             "sharePpm": 1000000
                     *           }
                     *         ],
                     *         "budget": {
                     *           "amount": 4000000
                     *         },
                     *         "offers": [
                     *           {
                     *             "code": "CCB-2026-Q4-ALL",
                     *             "name": "满100减15",
                     *             "kind": "amount",
                     *             "rule": {
                     *               "benefit": {
                     *                 "type": "reduce",
                     *                 "tiers": [
                     *                   {
                     *                     "atLeast": 10000,
                     *                     "off": 1500
                     *                   }
                     *                 ]
                     *               }
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "CCB-2026-Q4",
                 *       "name": "建行秋季立减",
                 *       "timeZone": "Asia/Shanghai",
                 *       "from": "2026-10-01",
                 *       "to": "2026-12-31",
                 *       "currency": "CNY",
                 *       "paymentMode": "postpay",
                 *       "fundingCycle": "month",
                 *       "funders": [
                 *         {
                 *           "partner": "CCB",
                 *           "sharePpm": 700000
                 *         },
                 *         {
                 *           "partner": "@merchant",
                 *           "sharePpm": 300000
                 *         }
                 *       ],
                 *       "budget": {
                 *         "amount": 4000000,
                 *         "count": 100000
                 *       },
                 *       "limits": [
                 *         {
                 *           "per": [
                 *             "customer"
                 *           ],
                 *           "period": "day",
                 *           "count": 3
                 *         }
                 *       ],
                 *       "offers": [
                 *         {
                 *           "code": "CCB-2026-Q4-FOOD",
                 *           "name": "餐饮满100减15",
                 *           "kind": "amount",
                 *           "priority": 10,
                 *           "budget": {
                 *             "amount": 1000000,
                 *             "count": 5000
                 *           },
                 *           "merchants": [
                 *             "M0001"
                 *           ],
                 *           "rule": {
                 *             "window": {
                 *               "from": "2026-10-01",
                 *               "to": "2026-12-31",
                 *               "daily": [
                 *                 [
                 *                   "10:00",
                 *                   "22:00"
                 *                 ]
                 *               ],
                 *               "weekdays": [
                 *                 1,
                 *                 2,
                 *                 3,
                 *                 4,
                 *                 5
                 *               ],
                 *               "excludedWeekdays": [
                 *                 6,
                 *                 7
                 *               ],
                 *               "excludedDates": [
                 *                 "2026-11-11"
                 *               ]
                 *             },
                 *             "conditions": {
                 *               "amount": {
                 *                 "min": 1,
                 *                 "max": 5000000
                 *               },
                 *               "paymentMethods": [
                 *                 "swipe",
                 *                 "qr",
                 *                 "quickpass",
                 *                 "quick",
                 *                 "apple_pay"
                 *               ],
                 *               "cardTypes": [
                 *                 "credit",
                 *                 "debit",
                 *                 "prepaid",
                 *                 "quasi_credit"
                 *               ],
                 *               "cardRegions": [
                 *                 "domestic",
                 *                 "overseas"
                 *               ],
                 *               "schemes": [
                 *                 "unionpay",
                 *                 "visa",
                 *                 "mastercard"
                 *               ],
                 *               "pinFree": true,
                 *               "binGroups": [
                 *                 "CCB-CREDIT"
                 *               ],
                 *               "cardBlacklists": [
                 *                 "G1"
                 *               ],
                 *               "cardWhitelists": [
                 *                 "G2"
                 *               ]
                 *             },
                 *             "benefit": {
                 *               "type": "reduce",
                 *               "tiers": [
                 *                 {
                 *                   "atLeast": 10000,
                 *                   "off": 1500
                 *                 },
                 *                 {
                 *                   "atLeast": 20000,
                 *                   "off": {
                 *                     "min": 1500,
                 *                     "max": 3500,
                 *                     "step": 100
                 *                   }
                 *                 }
                 *               ]
                 *             },
                 *             "limits": [
                 *               {
                 *                 "per": [
                 *                   "merchant"
                 *                 ],
                 *                 "period": "month",
                 *                 "amount": 1000000
                 *               },
                 *               {
                 *                 "per": [
                 *                   "card"
                 *                 ],
                 *                 "period": "month",
                 *                 "count": 1
                 *               },
                 *               {
                 *                 "per": [
                 *                   "merchant",
                 *                   "card"
                 *                 ],
                 *                 "period": "month",
                 *                 "amount": 5000
                 *               },
                 *               {
                 *                 "per": [],
                 *                 "period": "week",
                 *                 "count": 150
                 *               }
                 *             ],
                 *             "refund": {
                 *               "policy": "proportional",
                 *               "restore": {
                 *                 "amount": true,
                 *                 "count": false
                 *               }
                 *             }
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CampaignShapeInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-2026-Q4",
                     *       "name": "建行秋季立减",
                     *       "version": 3,
                     *       "state": "approved",
                     *       "latestVersion": 3,
                     *       "liveVersion": 3,
                     *       "maker": "abcdefgh2345",
                     *       "checker": "zyxwvuts9876",
                     *       "createdAt": "2026-09-20T02:00:00.000Z",
                     *       "approvedAt": "2026-09-21T02:00:00.000Z",
                     *       "suspensions": [],
                     *       "warnings": [
                     *         {
                     *           "code": "limit_lowered",
                     *           "level": "warning",
                     *           "path": "budget.amount",
                     *           "message": "CCB-2026-Q4#budget: amount lowered to 4000000 below what is used and held: set to 4100500.",
                     *           "messageZh": "CCB-2026-Q4#budget:amount 降为 4000000,低于已用与占用之和:按 4100500 计。",
                     *           "proof": {
                     *             "limit": "CCB-2026-Q4#budget",
                     *             "amount": 4000000,
                     *             "used": 4000500,
                     *             "held": 100000
                     *           }
                     *         }
                     *       ],
                     *       "document": {
                     *         "code": "CCB-2026-Q4",
                     *         "name": "建行秋季立减",
                     *         "timeZone": "Asia/Shanghai",
                     *         "from": "2026-10-01",
                     *         "currency": "CNY",
                     *         "paymentMode": "postpay",
                     *         "funders": [
                     *           {
                     *             "partner": "CCB",
                     *             "sharePpm": 1000000
                     *           }
                     *         ],
                     *         "budget": {
                     *           "amount": 4000000
                     *         },
                     *         "offers": [
                     *           {
                     *             "code": "CCB-2026-Q4-ALL",
                     *             "name": "满100减15",
                     *             "kind": "amount",
                     *             "rule": {
                     *               "benefit": {
                     *                 "type": "reduce",
                     *                 "tiers": [
                     *                   {
                     *                     "atLeast": 10000,
                     *                     "off": 1500
                     *                   }
                     *                 ]
                     *               }
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description stands in the code or the name, in whatever case */
                q?: string;
                /** @description of the newest version; suspended: the campaign or an offer of it */
                state?: "not_approved" | "approved" | "suspended";
                /** @description an offer of the newest or the live version names it, or is open at every merchant */
                merchant?: string;
                /** @description funds it */
                partner?: string;
                /** @description this branch and those below */
                branch?: string;
                /** @description whether payments may meet it now */
                live?: "true" | "false";
                /** @description true: each line has its offers with their state; then a page has at most 50 */
                offers?: "true" | "false";
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCampaignUsage: {
        parameters: {
            query?: {
                /** @description limits per merchant show this one's counter too */
                merchant?: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignUsage"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareCampaign: {
        parameters: {
            query?: {
                /** @description version before; absent: the live one */
                from?: number;
                /** @description version after; absent: the newest */
                to?: number;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompareAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copyCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "CCB-SPRING",
                 *       "name": "建行春季立减"
                 *     }
                 */
                "application/json": components["schemas"]["CopyRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-2026-Q4",
                     *       "name": "建行秋季立减",
                     *       "version": 3,
                     *       "state": "approved",
                     *       "latestVersion": 3,
                     *       "liveVersion": 3,
                     *       "maker": "abcdefgh2345",
                     *       "checker": "zyxwvuts9876",
                     *       "createdAt": "2026-09-20T02:00:00.000Z",
                     *       "approvedAt": "2026-09-21T02:00:00.000Z",
                     *       "suspensions": [],
                     *       "warnings": [
                     *         {
                     *           "code": "limit_lowered",
                     *           "level": "warning",
                     *           "path": "budget.amount",
                     *           "message": "CCB-2026-Q4#budget: amount lowered to 4000000 below what is used and held: set to 4100500.",
                     *           "messageZh": "CCB-2026-Q4#budget:amount 降为 4000000,低于已用与占用之和:按 4100500 计。",
                     *           "proof": {
                     *             "limit": "CCB-2026-Q4#budget",
                     *             "amount": 4000000,
                     *             "used": 4000500,
                     *             "held": 100000
                     *           }
                     *         }
                     *       ],
                     *       "document": {
                     *         "code": "CCB-2026-Q4",
                     *         "name": "建行秋季立减",
                     *         "timeZone": "Asia/Shanghai",
                     *         "from": "2026-10-01",
                     *         "currency": "CNY",
                     *         "paymentMode": "postpay",
                     *         "funders": [
                     *           {
                     *             "partner": "CCB",
                     *             "sharePpm": 1000000
                     *           }
                     *         ],
                     *         "budget": {
                     *           "amount": 4000000
                     *         },
                     *         "offers": [
                     *           {
                     *             "code": "CCB-2026-Q4-ALL",
                     *             "name": "满100减15",
                     *             "kind": "amount",
                     *             "rule": {
                     *               "benefit": {
                     *                 "type": "reduce",
                     *                 "tiers": [
                     *                   {
                     *                     "atLeast": 10000,
                     *                     "off": 1500
                     *                   }
                     *                 ]
                     *               }
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkCampaign: {
        parameters: {
            query?: {
                /** @description a budget should last this many days; default 7 */
                minDays?: number;
                /** @description payments a day that an offer gives something to; without it nothing is said about days */
                paymentsPerDay?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "CCB-2026-Q4",
                 *       "name": "建行秋季立减",
                 *       "timeZone": "Asia/Shanghai",
                 *       "from": "2026-10-01",
                 *       "to": "2026-12-31",
                 *       "currency": "CNY",
                 *       "paymentMode": "postpay",
                 *       "fundingCycle": "month",
                 *       "funders": [
                 *         {
                 *           "partner": "CCB",
                 *           "sharePpm": 700000
                 *         },
                 *         {
                 *           "partner": "@merchant",
                 *           "sharePpm": 300000
                 *         }
                 *       ],
                 *       "budget": {
                 *         "amount": 4000000,
                 *         "count": 100000
                 *       },
                 *       "limits": [
                 *         {
                 *           "per": [
                 *             "customer"
                 *           ],
                 *           "period": "day",
                 *           "count": 3
                 *         }
                 *       ],
                 *       "offers": [
                 *         {
                 *           "code": "CCB-2026-Q4-FOOD",
                 *           "name": "餐饮满100减15",
                 *           "kind": "amount",
                 *           "priority": 10,
                 *           "budget": {
                 *             "amount": 1000000,
                 *             "count": 5000
                 *           },
                 *           "merchants": [
                 *             "M0001"
                 *           ],
                 *           "rule": {
                 *             "window": {
                 *               "from": "2026-10-01",
                 *               "to": "2026-12-31",
                 *               "daily": [
                 *                 [
                 *                   "10:00",
                 *                   "22:00"
                 *                 ]
                 *               ],
                 *               "weekdays": [
                 *                 1,
                 *                 2,
                 *                 3,
                 *                 4,
                 *                 5
                 *               ],
                 *               "excludedWeekdays": [
                 *                 6,
                 *                 7
                 *               ],
                 *               "excludedDates": [
                 *                 "2026-11-11"
                 *               ]
                 *             },
                 *             "conditions": {
                 *               "amount": {
                 *                 "min": 1,
                 *                 "max": 5000000
                 *               },
                 *               "paymentMethods": [
                 *                 "swipe",
                 *                 "qr",
                 *                 "quickpass",
                 *                 "quick",
                 *                 "apple_pay"
                 *               ],
                 *               "cardTypes": [
                 *                 "credit",
                 *                 "debit",
                 *                 "prepaid",
                 *                 "quasi_credit"
                 *               ],
                 *               "cardRegions": [
                 *                 "domestic",
                 *                 "overseas"
                 *               ],
                 *               "schemes": [
                 *                 "unionpay",
                 *                 "visa",
                 *                 "mastercard"
                 *               ],
                 *               "pinFree": true,
                 *               "binGroups": [
                 *                 "CCB-CREDIT"
                 *               ],
                 *               "cardBlacklists": [
                 *                 "G1"
                 *               ],
                 *               "cardWhitelists": [
                 *                 "G2"
                 *               ]
                 *             },
                 *             "benefit": {
                 *               "type": "reduce",
                 *               "tiers": [
                 *                 {
                 *                   "atLeast": 10000,
                 *                   "off": 1500
                 *                 },
                 *                 {
                 *                   "atLeast": 20000,
                 *                   "off": {
                 *                     "min": 1500,
                 *                     "max": 3500,
                 *                     "step": 100
                 *                   }
                 *                 }
                 *               ]
                 *             },
                 *             "limits": [
                 *               {
                 *                 "per": [
                 *                   "merchant"
                 *                 ],
                 *                 "period": "month",
                 *                 "amount": 1000000
                 *               },
                 *               {
                 *                 "per": [
                 *                   "card"
                 *                 ],
                 *                 "period": "month",
                 *                 "count": 1
                 *               },
                 *               {
                 *                 "per": [
                 *                   "merchant",
                 *                   "card"
                 *                 ],
                 *                 "period": "month",
                 *                 "amount": 5000
                 *               },
                 *               {
                 *                 "per": [],
                 *                 "period": "week",
                 *                 "count": 150
                 *               }
                 *             ],
                 *             "refund": {
                 *               "policy": "proportional",
                 *               "restore": {
                 *                 "amount": true,
                 *                 "count": false
                 *               }
                 *             }
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CampaignShapeInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-2026-Q4",
                     *       "name": "建行秋季立减",
                     *       "offers": 1,
                     *       "warnings": [
                     *         {
                     *           "code": "expected_cost",
                     *           "level": "info",
                     *           "path": "offers[0].rule.benefit",
                     *           "message": "Expected per payment 3.60, per grant 15.00 (15.00 to 15.00), over the amounts birmingham-purchase-cards-2013-2018.",
                     *           "messageZh": "按金额分布 birmingham-purchase-cards-2013-2018,平均每笔交易 3.60,每次优惠 15.00(15.00 至 15.00)。",
                     *           "proof": {
                     *             "campaign": "CCB-2026-Q4",
                     *             "offer": "CCB-2026-Q4-ALL",
                     *             "amounts": "birmingham-purchase-cards-2013-2018",
                     *             "grantedPpm": {
                     *               "exact": "240000",
                     *               "rounded": 240000
                     *             },
                     *             "meanPerPaymentFen": {
                     *               "exact": "360",
                     *               "rounded": 360
                     *             },
                     *             "perGrant": {
                     *               "meanFen": {
                     *                 "exact": "1500",
                     *                 "rounded": 1500
                     *               },
                     *               "min": {
                     *                 "fen": 1500,
                     *                 "atAmountFen": 10000
                     *               },
                     *               "max": {
                     *                 "fen": 1500,
                     *                 "atAmountFen": 10000
                     *               }
                     *             },
                     *             "budgetsHold": [
                     *               {
                     *                 "path": "budget",
                     *                 "grantsAtMin": 2666,
                     *                 "grantsAtMean": 2666,
                     *                 "grantsAtMax": 2666
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CheckAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "5bde3f0c6a0f4f0c9d2b8a4a7be1c0d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1",
                 *       "version": 3
                 *     }
                 */
                "application/json": components["schemas"]["ApproveRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                offer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "5bde3f0c6a0f4f0c9d2b8a4a7be1c0d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1",
                 *       "version": 3
                 *     }
                 */
                "application/json": components["schemas"]["ApproveRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                offer: unknown;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ref": "CCB-2026-Q4/CCB-2026-Q4-FOOD",
                     *       "state": "suspended",
                     *       "suspendedAt": "2026-11-05T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SuspensionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                offer: unknown;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ref": "CCB-2026-Q4/CCB-2026-Q4-FOOD",
                     *       "state": "suspended",
                     *       "suspendedAt": "2026-11-05T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SuspensionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                offer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ref": "CCB-2026-Q4/CCB-2026-Q4-FOOD",
                     *       "state": "suspended",
                     *       "suspendedAt": "2026-11-05T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SuspensionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                offer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ref": "CCB-2026-Q4/CCB-2026-Q4-FOOD",
                     *       "state": "suspended",
                     *       "suspendedAt": "2026-11-05T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SuspensionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRuleTemplate: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTemplateAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRuleTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "REDUCE-15",
                 *       "names": {
                 *         "en": "Amount off from a threshold",
                 *         "zh-CN": "满减"
                 *       },
                 *       "parameters": {
                 *         "type": "object",
                 *         "properties": {
                 *           "atLeast": {
                 *             "type": "integer",
                 *             "format": "fen",
                 *             "title": "Payments from",
                 *             "titleZh": "满额",
                 *             "minimum": 0,
                 *             "maximum": 10000000000000,
                 *             "default": 10000
                 *           },
                 *           "off": {
                 *             "type": "integer",
                 *             "format": "fen",
                 *             "title": "Taken off",
                 *             "titleZh": "减额",
                 *             "minimum": 1,
                 *             "maximum": 10000000000000,
                 *             "default": 1500
                 *           },
                 *           "from": {
                 *             "type": "string",
                 *             "format": "date",
                 *             "title": "First day",
                 *             "titleZh": "开始日期",
                 *             "default": "2026-01-01"
                 *           },
                 *           "to": {
                 *             "type": "string",
                 *             "format": "date",
                 *             "title": "Last day",
                 *             "titleZh": "结束日期",
                 *             "description": "left out: until somebody ends it",
                 *             "descriptionZh": "不填则长期有效"
                 *           },
                 *           "partner": {
                 *             "type": "string",
                 *             "format": "code",
                 *             "title": "Who pays",
                 *             "titleZh": "出资方",
                 *             "default": "BANK"
                 *           },
                 *           "paymentMode": {
                 *             "type": "string",
                 *             "enum": [
                 *               "prepay",
                 *               "postpay"
                 *             ],
                 *             "words": [
                 *               {
                 *                 "en": "in advance",
                 *                 "zh-CN": "先付款"
                 *               },
                 *               {
                 *                 "en": "afterwards",
                 *                 "zh-CN": "后付款"
                 *               }
                 *             ],
                 *             "title": "When the partner pays",
                 *             "titleZh": "付款方式",
                 *             "default": "postpay"
                 *           },
                 *           "fundingCycle": {
                 *             "type": "string",
                 *             "enum": [
                 *               "day",
                 *               "week",
                 *               "month",
                 *               "quarter",
                 *               "end"
                 *             ],
                 *             "words": [
                 *               {
                 *                 "en": "every day",
                 *                 "zh-CN": "按日"
                 *               },
                 *               {
                 *                 "en": "every week",
                 *                 "zh-CN": "按周"
                 *               },
                 *               {
                 *                 "en": "every month",
                 *                 "zh-CN": "按月"
                 *               },
                 *               {
                 *                 "en": "every quarter",
                 *                 "zh-CN": "按季"
                 *               },
                 *               {
                 *                 "en": "at the end",
                 *                 "zh-CN": "活动结束后"
                 *               }
                 *             ],
                 *             "title": "When it is settled",
                 *             "titleZh": "结算周期",
                 *             "default": "month"
                 *           },
                 *           "merchants": {
                 *             "type": "array",
                 *             "items": {
                 *               "type": "string",
                 *               "format": "code"
                 *             },
                 *             "minItems": 1,
                 *             "maxItems": 1000,
                 *             "uniqueItems": true,
                 *             "title": "Merchants",
                 *             "titleZh": "适用商户",
                 *             "default": [
                 *               "M-1",
                 *               "M-2"
                 *             ]
                 *           },
                 *           "budgetAmount": {
                 *             "type": "integer",
                 *             "format": "fen",
                 *             "title": "Budget in all",
                 *             "titleZh": "总预算金额",
                 *             "minimum": 1,
                 *             "maximum": 10000000000000
                 *           },
                 *           "budgetCount": {
                 *             "type": "integer",
                 *             "format": "count",
                 *             "title": "Uses in all",
                 *             "titleZh": "总次数",
                 *             "minimum": 1,
                 *             "maximum": 1000000000
                 *           }
                 *         },
                 *         "additionalProperties": false
                 *       },
                 *       "sentences": [
                 *         {
                 *           "en": "{off} off a payment of {atLeast} or more.",
                 *           "zh-CN": "单笔满{atLeast}减{off}。"
                 *         },
                 *         {
                 *           "en": "At most {budgetAmount} of discount in all.",
                 *           "zh-CN": "优惠总额不超过{budgetAmount}。"
                 *         },
                 *         {
                 *           "en": "At most {budgetCount} uses in all.",
                 *           "zh-CN": "总次数不超过{budgetCount}次。"
                 *         },
                 *         {
                 *           "en": "At {merchants}.",
                 *           "zh-CN": "适用商户:{merchants}。"
                 *         },
                 *         {
                 *           "en": "From {from} on.",
                 *           "zh-CN": "自{from}起。"
                 *         },
                 *         {
                 *           "en": "Until {to}, that day included.",
                 *           "zh-CN": "至{to}止(含当日)。"
                 *         },
                 *         {
                 *           "en": "{partner} pays {paymentMode}, {fundingCycle}.",
                 *           "zh-CN": "由{partner}出资,{paymentMode},{fundingCycle}结算。"
                 *         }
                 *       ],
                 *       "campaignCode": "REDUCE-15",
                 *       "campaignName": "满{atLeast|bare}减{off|bare}",
                 *       "campaign": {
                 *         "code": {
                 *           "$": "code"
                 *         },
                 *         "name": {
                 *           "$": "name"
                 *         },
                 *         "timeZone": "Asia/Shanghai",
                 *         "from": {
                 *           "$": "from"
                 *         },
                 *         "to": {
                 *           "$": "to"
                 *         },
                 *         "paymentMode": {
                 *           "$": "paymentMode"
                 *         },
                 *         "fundingCycle": {
                 *           "$": "fundingCycle"
                 *         },
                 *         "funders": [
                 *           {
                 *             "partner": {
                 *               "$": "partner"
                 *             },
                 *             "sharePpm": 1000000
                 *           }
                 *         ],
                 *         "offers": [
                 *           {
                 *             "code": "{code}-1",
                 *             "name": {
                 *               "$": "name"
                 *             },
                 *             "kind": "amount",
                 *             "budget": {
                 *               "amount": {
                 *                 "$": "budgetAmount"
                 *               },
                 *               "count": {
                 *                 "$": "budgetCount"
                 *               }
                 *             },
                 *             "merchants": {
                 *               "$": "merchants"
                 *             },
                 *             "rule": {
                 *               "benefit": {
                 *                 "type": "reduce",
                 *                 "tiers": [
                 *                   {
                 *                     "atLeast": {
                 *                       "$": "atLeast"
                 *                     },
                 *                     "off": {
                 *                       "$": "off"
                 *                     }
                 *                   }
                 *                 ]
                 *               }
                 *             }
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RuleTemplate"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTemplateAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuleTemplates: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description part of a code or name */
                q?: string;
                /** @description of the newest version */
                state?: "not_approved" | "approved" | "retired";
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTemplatePage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuleTemplateVersions: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTemplateVersions"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retireRuleTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTemplateAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCampaignsOfRuleTemplate: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                version?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeCampaigns"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewRuleTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "parameters": {
                 *         "atLeast": 20000,
                 *         "off": 2500,
                 *         "merchants": [
                 *           "M0001"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TemplatePreviewRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreview"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeCampaignFromTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "template": "REDUCE-15",
                 *       "code": "CCB-2026-Q4-FOOD",
                 *       "name": "建行餐饮满200减25",
                 *       "parameters": {
                 *         "atLeast": 20000,
                 *         "off": 2500,
                 *         "partner": "CCB",
                 *         "merchants": [
                 *           "M0001"
                 *         ],
                 *         "from": "2026-10-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["FromTemplateRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBacktests: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredBacktests"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keepBacktest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "documentHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "currency": "CNY",
                 *       "from": "2026-09-01",
                 *       "to": "2026-09-30",
                 *       "paymentDays": 30,
                 *       "payments": 175918,
                 *       "uses": 289,
                 *       "amount": 3110000,
                 *       "given": 247056,
                 *       "returned": 1500,
                 *       "offers": [
                 *         {
                 *           "offer": "FOOD",
                 *           "uses": 289,
                 *           "amount": 3110000,
                 *           "given": 247056,
                 *           "returned": 1500
                 *         }
                 *       ],
                 *       "days": [
                 *         {
                 *           "date": "2026-09-01",
                 *           "uses": 11,
                 *           "amount": 118000,
                 *           "given": 9400,
                 *           "returned": 0
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BacktestSummary"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredBacktest"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBacktestRuns: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                state?: "waiting_file" | "queued" | "running" | "done" | "failed" | "cancelled" | "expired";
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestBacktest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "CCB-SPRING-1",
                 *       "campaigns": [
                 *         {
                 *           "code": "CCB-SPRING"
                 *         }
                 *       ],
                 *       "days": {
                 *         "from": "2026-11-01",
                 *         "to": "2026-11-30"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BacktestRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readBacktestRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunRead"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBacktest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keepBacktestRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredBacktests"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMerchants: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description how the id or the name begins */
                q?: string;
                mcc?: string;
                /** @description with its subdivisions: 4403 has 440305 */
                region?: string;
                /** @description with the branches below it */
                branch?: string;
                status?: "active" | "suspended" | "closed" | "left";
                /** @description a merchant group, as it is in force */
                group?: string;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMerchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "M0001",
                     *       "name": "Noodle house",
                     *       "mcc": "5812",
                     *       "region": "440300",
                     *       "country": "CN",
                     *       "clearingSystem": "main",
                     *       "fees": {
                     *         "default": {
                     *           "ppm": 6000
                     *         },
                     *         "debit": {
                     *           "ppm": 5000,
                     *           "min": 1,
                     *           "max": 2000
                     *         },
                     *         "methods": {
                     *           "qr": {
                     *             "default": {
                     *               "ppm": 3800
                     *             }
                     *           }
                     *         }
                     *       },
                     *       "feeOnRefund": "return",
                     *       "status": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMerchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "M0001",
                 *       "name": "Noodle house",
                 *       "mcc": "5812",
                 *       "region": "440300",
                 *       "country": "CN",
                 *       "clearingSystem": "main",
                 *       "fees": {
                 *         "default": {
                 *           "ppm": 6000
                 *         },
                 *         "debit": {
                 *           "ppm": 5000,
                 *           "min": 1,
                 *           "max": 2000
                 *         },
                 *         "methods": {
                 *           "qr": {
                 *             "default": {
                 *               "ppm": 3800
                 *             }
                 *           }
                 *         }
                 *       },
                 *       "feeOnRefund": "return",
                 *       "status": "active"
                 *     }
                 */
                "application/json": components["schemas"]["MerchantInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "M0001",
                     *       "name": "Noodle house",
                     *       "mcc": "5812",
                     *       "region": "440300",
                     *       "country": "CN",
                     *       "clearingSystem": "main",
                     *       "fees": {
                     *         "default": {
                     *           "ppm": 6000
                     *         },
                     *         "debit": {
                     *           "ppm": 5000,
                     *           "min": 1,
                     *           "max": 2000
                     *         },
                     *         "methods": {
                     *           "qr": {
                     *             "default": {
                     *               "ppm": 3800
                     *             }
                     *           }
                     *         }
                     *       },
                     *       "feeOnRefund": "return",
                     *       "status": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMerchantActivities: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                state?: "live" | "not_started" | "ended" | "suspended" | "waits";
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantActivityPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveMerchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "M0001",
                     *       "name": "Noodle house",
                     *       "mcc": "5812",
                     *       "region": "440300",
                     *       "country": "CN",
                     *       "clearingSystem": "main",
                     *       "fees": {
                     *         "default": {
                     *           "ppm": 6000
                     *         },
                     *         "debit": {
                     *           "ppm": 5000,
                     *           "min": 1,
                     *           "max": 2000
                     *         },
                     *         "methods": {
                     *           "qr": {
                     *             "default": {
                     *               "ppm": 3800
                     *             }
                     *           }
                     *         }
                     *       },
                     *       "feeOnRefund": "return",
                     *       "status": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMerchantGroups: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantGroupPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMerchantGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "SOUTH",
                     *       "name": "South",
                     *       "version": 2,
                     *       "members": 2,
                     *       "updatedBy": "k_3f1c",
                     *       "updatedAt": "2026-11-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MerchantGroupAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMerchantGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "SOUTH",
                 *       "name": "South",
                 *       "merchants": [
                 *         "M0001",
                 *         "M0002"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["MerchantGroupRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "SOUTH",
                     *       "name": "South",
                     *       "version": 2,
                     *       "members": 2,
                     *       "updatedBy": "k_3f1c",
                     *       "updatedAt": "2026-11-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MerchantGroupAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMerchantGroupVersions: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantGroupVersionPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMerchantGroupMembers: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description absent: the one that is in force */
                version?: number;
                /** @description only who came, or who went, with this version */
                change?: "added" | "removed";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantGroupMemberPage"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCardGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-CREDIT",
                     *       "bins": [
                     *         "622700",
                     *         "436742"
                     *       ],
                     *       "cardCount": 0,
                     *       "updatedAt": "2026-09-20T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CardGroupAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCardGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "CCB-CREDIT",
                 *       "bins": [
                 *         "622700",
                 *         "436742"
                 *       ],
                 *       "cards": []
                 *     }
                 */
                "application/json": components["schemas"]["CardGroupRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-CREDIT",
                     *       "bins": [
                     *         "622700",
                     *         "436742"
                     *       ],
                     *       "cardCount": 0,
                     *       "updatedAt": "2026-09-20T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CardGroupAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCardGroups: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description stands in the code or the name, in whatever case */
                q?: string;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardGroupPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCustomerGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "INVITED",
                     *       "customerCount": 2,
                     *       "updatedAt": "2026-09-20T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CustomerGroupAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCustomerGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "INVITED",
                 *       "customers": [
                 *         "C1",
                 *         "C2"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CustomerGroupRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "INVITED",
                     *       "customerCount": 2,
                     *       "updatedAt": "2026-09-20T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CustomerGroupAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCustomerGroups: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description stands in the code or the name, in whatever case */
                q?: string;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerGroupPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "card_group",
                     *       "code": "VIP",
                     *       "mode": "replace",
                     *       "state": "done",
                     *       "changed": true,
                     *       "lines": 1000000,
                     *       "accepted": 1000000,
                     *       "duplicates": 12,
                     *       "errorCount": 0,
                     *       "errors": [],
                     *       "bytes": 20000000,
                     *       "percent": 100,
                     *       "members": 999988,
                     *       "startedBy": "k_7",
                     *       "startedAt": "2026-11-20T02:00:00.000Z",
                     *       "finishedAt": "2026-11-20T02:00:09.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["GroupImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGroupImports: {
        parameters: {
            query?: {
                kind?: "card_group" | "customer_group" | "merchant_group" | "merchant";
                code?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupImportPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readGroupImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "card_group",
                     *       "code": "VIP",
                     *       "mode": "replace",
                     *       "state": "done",
                     *       "changed": true,
                     *       "lines": 1000000,
                     *       "accepted": 1000000,
                     *       "duplicates": 12,
                     *       "errorCount": 0,
                     *       "errors": [],
                     *       "bytes": 20000000,
                     *       "percent": 100,
                     *       "members": 999988,
                     *       "startedBy": "k_7",
                     *       "startedAt": "2026-11-20T02:00:00.000Z",
                     *       "finishedAt": "2026-11-20T02:00:09.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["GroupImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description an id, the name of a file, the id of a workflow, or how one begins */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    routePayment: {
        parameters: {
            query?: {
                /** @description "true": a reason for every MID that was passed over */
                explain?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "20261125-000001",
                 *       "merchant": "R-NOODLE",
                 *       "method": "wechat",
                 *       "type": "qr",
                 *       "amount": 12800,
                 *       "card": {
                 *         "pan": "6221660000010018"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RouteBody"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "20261125-000001",
                     *       "amount": 12800,
                     *       "route": {
                     *         "mid": "MID-7",
                     *         "channel": "CH-A",
                     *         "pool": "P-A",
                     *         "secretRef": "ch-a/mid-7",
                     *         "costEstimate": 70
                     *       },
                     *       "holdExpiresAt": "2026-11-25T04:15:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RouteAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pay: {
        parameters: {
            query?: {
                /** @description "true": a reason for every MID that was passed over */
                explain?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "20261125-000002",
                 *       "merchant": "R-NOODLE",
                 *       "amount": 12800,
                 *       "currency": "CNY",
                 *       "paymentMethod": "wechat",
                 *       "type": "qr",
                 *       "card": {
                 *         "pan": "6221660000010018"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PaymentBodyInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "20261125-000002",
                     *       "amount": 11300,
                     *       "offer": {
                     *         "serial": "T20261001-000001",
                     *         "marketingSerial": "m_6f1f4d3e-2f0c-4c53-9a0e-5f0b6f7b8a11",
                     *         "state": "held",
                     *         "amount": 12000,
                     *         "discount": 1500,
                     *         "payable": 10500,
                     *         "offers": [
                     *           {
                     *             "campaign": "CCB-2026-Q4",
                     *             "version": 3,
                     *             "code": "CCB-2026-Q4-FOOD",
                     *             "name": "餐饮满100减15",
                     *             "kind": "amount",
                     *             "delivery": "instant",
                     *             "discount": 1500,
                     *             "funders": [
                     *               {
                     *                 "partner": "CCB",
                     *                 "amount": 1050
                     *               },
                     *               {
                     *                 "partner": "@merchant",
                     *                 "amount": 450
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "fee": {
                     *           "original": 72,
                     *           "final": 63,
                     *           "saved": 0
                     *         },
                     *         "holdExpiresAt": "2026-10-01T04:15:00.000Z"
                     *       },
                     *       "route": {
                     *         "mid": "MID-7",
                     *         "channel": "CH-A",
                     *         "pool": "P-A",
                     *         "secretRef": "ch-a/mid-7",
                     *         "costEstimate": 62
                     *       },
                     *       "holdExpiresAt": "2026-11-25T04:15:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tellRouteResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mid": "MID-7",
                 *       "outcome": "success",
                 *       "upstreamSerial": "4200002026112500001",
                 *       "cardType": "credit"
                 *     }
                 */
                "application/json": components["schemas"]["RouteResultRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "20261125-000001",
                     *       "state": "succeeded",
                     *       "amount": 12800,
                     *       "attempts": [
                     *         {
                     *           "mid": "MID-7",
                     *           "channel": "CH-A",
                     *           "pool": "P-A",
                     *           "costEstimate": 70,
                     *           "state": "succeeded",
                     *           "upstreamSerial": "4200002026112500001",
                     *           "at": "2026-11-25T04:00:00.000Z"
                     *         }
                     *       ],
                     *       "cardUsage": "ok",
                     *       "cardUsageCounts": [
                     *         {
                     *           "of": "merchant",
                     *           "code": "M0001",
                     *           "period": "2026-11",
                     *           "count": 12,
                     *           "threshold": 200,
                     *           "usage": "ok"
                     *         },
                     *         {
                     *           "of": "merchant",
                     *           "code": "M0001",
                     *           "period": "2026-11-25",
                     *           "count": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RouteStateAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRoute: {
        parameters: {
            query?: {
                /** @description "true": a reason for every MID that was passed over */
                explain?: "true" | "false";
                /** @description only for scope "read" */
                client?: string;
            };
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "serial": "20261125-000001",
                     *       "state": "succeeded",
                     *       "amount": 12800,
                     *       "attempts": [
                     *         {
                     *           "mid": "MID-7",
                     *           "channel": "CH-A",
                     *           "pool": "P-A",
                     *           "costEstimate": 70,
                     *           "state": "succeeded",
                     *           "upstreamSerial": "4200002026112500001",
                     *           "at": "2026-11-25T04:00:00.000Z"
                     *         }
                     *       ],
                     *       "cardUsage": "ok",
                     *       "cardUsageCounts": [
                     *         {
                     *           "of": "merchant",
                     *           "code": "M0001",
                     *           "period": "2026-11",
                     *           "count": 12,
                     *           "threshold": 200,
                     *           "usage": "ok"
                     *         },
                     *         {
                     *           "of": "merchant",
                     *           "code": "M0001",
                     *           "period": "2026-11-25",
                     *           "count": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RouteStateAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeSharedPool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pool": "POOL-1",
                 *       "merchants": [
                 *         "NOODLE-1"
                 *       ],
                 *       "reason": "new merchants until their own numbers come"
                 *     }
                 */
                "application/json": components["schemas"]["SharedPoolRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRouting: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 3,
                     *       "maker": "ops-maker",
                     *       "createdAt": "2026-11-25T01:00:00.000Z",
                     *       "suspensions": [
                     *         {
                     *           "ref": "@route/mid/MID-7",
                     *           "state": "suspended",
                     *           "suspendedAt": "2026-11-25T03:00:00.000Z"
                     *         }
                     *       ],
                     *       "document": {
                     *         "timeZone": "Asia/Shanghai",
                     *         "channels": [
                     *           {
                     *             "code": "CH-A",
                     *             "status": "active",
                     *             "dailyAmount": 1000000000,
                     *             "cards": [
                     *               {
                     *                 "issuer": "ICBC",
                     *                 "cardType": "debit",
                     *                 "costPpm": 2500,
                     *                 "costMax": 2000
                     *               },
                     *               {
                     *                 "costPpm": 5500
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "mids": [
                     *           {
                     *             "code": "MID-7",
                     *             "channel": "CH-A",
                     *             "status": "active",
                     *             "secretRef": "ch-a/mid-7",
                     *             "dailyAmount": 20000000,
                     *             "perTransaction": {
                     *               "max": 50000
                     *             },
                     *             "serviceHours": [
                     *               [
                     *                 "07:00",
                     *                 "09:00"
                     *               ],
                     *               [
                     *                 "12:00",
                     *                 "14:00"
                     *               ],
                     *               [
                     *                 "17:00",
                     *                 "20:00"
                     *               ]
                     *             ],
                     *             "region": "440300",
                     *             "industry": "5812",
                     *             "allowedMerchants": [
                     *               "R-NOODLE"
                     *             ],
                     *             "priority": 1
                     *           }
                     *         ],
                     *         "pools": [
                     *           {
                     *             "code": "P-A",
                     *             "status": "active",
                     *             "mids": [
                     *               "MID-7"
                     *             ],
                     *             "order": "cost",
                     *             "minSuccess": {
                     *               "ppm": 900000,
                     *               "window": 200,
                     *               "minSamples": 30
                     *             }
                     *           }
                     *         ],
                     *         "merchants": [
                     *           {
                     *             "merchant": "R-NOODLE",
                     *             "routes": [
                     *               {
                     *                 "method": "wechat",
                     *                 "type": "qr",
                     *                 "pools": [
                     *                   "P-A"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RoutingAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRouting: {
        parameters: {
            query?: {
                /** @description "true": only errors and warnings; nothing is stored */
                dryRun?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "timeZone": "Asia/Shanghai",
                 *       "channels": [
                 *         {
                 *           "code": "CH-A",
                 *           "status": "active",
                 *           "dailyAmount": 1000000000,
                 *           "cards": [
                 *             {
                 *               "issuer": "ICBC",
                 *               "cardType": "debit",
                 *               "costPpm": 2500,
                 *               "costMax": 2000
                 *             },
                 *             {
                 *               "costPpm": 5500
                 *             }
                 *           ]
                 *         }
                 *       ],
                 *       "mids": [
                 *         {
                 *           "code": "MID-7",
                 *           "channel": "CH-A",
                 *           "status": "active",
                 *           "secretRef": "ch-a/mid-7",
                 *           "dailyAmount": 20000000,
                 *           "perTransaction": {
                 *             "max": 50000
                 *           },
                 *           "serviceHours": [
                 *             [
                 *               "07:00",
                 *               "09:00"
                 *             ],
                 *             [
                 *               "12:00",
                 *               "14:00"
                 *             ],
                 *             [
                 *               "17:00",
                 *               "20:00"
                 *             ]
                 *           ],
                 *           "region": "440300",
                 *           "industry": "5812",
                 *           "allowedMerchants": [
                 *             "R-NOODLE"
                 *           ],
                 *           "priority": 1
                 *         }
                 *       ],
                 *       "pools": [
                 *         {
                 *           "code": "P-A",
                 *           "status": "active",
                 *           "mids": [
                 *             "MID-7"
                 *           ],
                 *           "order": "cost",
                 *           "minSuccess": {
                 *             "ppm": 900000,
                 *             "window": 200,
                 *             "minSamples": 30
                 *           }
                 *         }
                 *       ],
                 *       "merchants": [
                 *         {
                 *           "merchant": "R-NOODLE",
                 *           "routes": [
                 *             {
                 *               "method": "wechat",
                 *               "type": "qr",
                 *               "pools": [
                 *                 "P-A"
                 *               ]
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RoutingShapeInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 3,
                     *       "channels": 1,
                     *       "mids": 1,
                     *       "pools": 1,
                     *       "merchants": 1,
                     *       "warnings": [
                     *         {
                     *           "code": "no_fallback",
                     *           "level": "warning",
                     *           "path": "merchants[0].routes[0].pools",
                     *           "message": "1 route has one MID only: when it is full or stopped, its payments are refused.",
                     *           "messageZh": "1 条路由只有一个交易号:用尽或停用时其支付将被拒绝。",
                     *           "proof": {
                     *             "routes": [
                     *               "R-NOODLE wechat qr"
                     *             ],
                     *             "mid": "MID-7"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RoutingPutAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingPutAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoutingVersions: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingVersions"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendRoutingPart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                part: "channels" | "mids" | "pools";
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ref": "CCB-2026-Q4/CCB-2026-Q4-FOOD",
                     *       "state": "suspended",
                     *       "suspendedAt": "2026-11-05T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SuspensionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeRoutingPart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                part: "channels" | "mids" | "pools";
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ref": "CCB-2026-Q4/CCB-2026-Q4-FOOD",
                     *       "state": "suspended",
                     *       "suspendedAt": "2026-11-05T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SuspensionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCardUsage: {
        parameters: {
            query?: {
                merchant?: string;
                parent?: string;
                month?: string;
                day?: components["schemas"]["IsoDate"];
                /** @description payments at least */
                min?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "of": "merchant",
                     *       "code": "M0001",
                     *       "period": "2026-11",
                     *       "cards": [
                     *         {
                     *           "cardToken": "cd_5vR0Xo",
                     *           "count": 201
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CardUsageList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCardUsageCases: {
        parameters: {
            query?: {
                state?: "waiting_explanation" | "waiting_review" | "reopened" | "kept_suspended";
                merchant?: string;
                method?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardCasePage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCardUsageCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 7,
                     *       "merchant": "M0001",
                     *       "method": "unionpay",
                     *       "parents": [
                     *         "P0001"
                     *       ],
                     *       "state": "waiting_explanation",
                     *       "waitsFor": "the written explanation of M0001",
                     *       "period": "2026-11",
                     *       "threshold": 200,
                     *       "cards": 1,
                     *       "openedAt": "2026-11-25T04:00:00.000Z",
                     *       "cardsOver": [
                     *         {
                     *           "cardToken": "cd_5vR0Xo",
                     *           "period": "2026-11",
                     *           "count": 201,
                     *           "overSince": "2026-11-25T04:00:00.000Z"
                     *         }
                     *       ],
                     *       "notices": [
                     *         {
                     *           "kind": "opened",
                     *           "to": "parent",
                     *           "code": "P0001",
                     *           "at": "2026-11-25T04:00:01.000Z",
                     *           "attempts": 1,
                     *           "deliveredAt": "2026-11-25T04:00:01.200Z"
                     *         }
                     *       ],
                     *       "history": [
                     *         {
                     *           "at": "2026-11-25T04:00:00.000Z",
                     *           "what": "opened",
                     *           "by": "@card-usage"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CardCaseWhole"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainCardUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "oss://explanations/m0001-11.pdf",
                 *       "note": "a wholesale customer restocks several times a day"
                 *     }
                 */
                "application/json": components["schemas"]["ExplanationRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 7,
                     *       "merchant": "M0001",
                     *       "method": "unionpay",
                     *       "parents": [
                     *         "P0001"
                     *       ],
                     *       "state": "waiting_review",
                     *       "waitsFor": "a reviewer other than ak_k3",
                     *       "period": "2026-11",
                     *       "threshold": 200,
                     *       "cards": 1,
                     *       "explanation": {
                     *         "file": "oss://explanations/m0001-11.pdf",
                     *         "by": "ak_k3",
                     *         "at": "2026-11-25T04:30:00.000Z"
                     *       },
                     *       "openedAt": "2026-11-25T04:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CardCaseAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveCardUsageExplanation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
                 *     }
                 */
                "application/json": {
                    hash: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 7,
                     *       "merchant": "M0001",
                     *       "method": "unionpay",
                     *       "parents": [
                     *         "P0001"
                     *       ],
                     *       "state": "waiting_review",
                     *       "waitsFor": "a reviewer other than ak_k3",
                     *       "period": "2026-11",
                     *       "threshold": 200,
                     *       "cards": 1,
                     *       "explanation": {
                     *         "file": "oss://explanations/m0001-11.pdf",
                     *         "by": "ak_k3",
                     *         "at": "2026-11-25T04:30:00.000Z"
                     *       },
                     *       "openedAt": "2026-11-25T04:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CardCaseAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectCardUsageExplanation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "reason": "no invoices in it",
                 *       "keepSuspended": false
                 *     }
                 */
                "application/json": components["schemas"]["CardCaseReturnInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 7,
                     *       "merchant": "M0001",
                     *       "method": "unionpay",
                     *       "parents": [
                     *         "P0001"
                     *       ],
                     *       "state": "waiting_review",
                     *       "waitsFor": "a reviewer other than ak_k3",
                     *       "period": "2026-11",
                     *       "threshold": 200,
                     *       "cards": 1,
                     *       "explanation": {
                     *         "file": "oss://explanations/m0001-11.pdf",
                     *         "by": "ak_k3",
                     *         "at": "2026-11-25T04:30:00.000Z"
                     *       },
                     *       "openedAt": "2026-11-25T04:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CardCaseAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCapacity: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description absent: all of them */
                part?: "channels" | "mids" | "pools";
                /** @description of a channel, MID or pool */
                code?: string;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapacityPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drillRouting: {
        parameters: {
            query: {
                after?: string;
                limit?: number;
                /** @description the channel that stops */
                channel: string;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrillAnswer"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCompliance: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description absent: the beginning of each; "after" needs it */
                list?: "sharedPools" | "sharedUse" | "mismatches" | "concentration" | "versions";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 3,
                     *       "since": "2026-10-27",
                     *       "sharedPools": {
                     *         "total": 1,
                     *         "items": [
                     *           {
                     *             "pool": "P-COUNTRY",
                     *             "approvedBy": "Risk",
                     *             "reference": "R-2026-11",
                     *             "sharedMids": 20,
                     *             "merchants": 2000
                     *           }
                     *         ]
                     *       },
                     *       "sharedUse": {
                     *         "total": 2000,
                     *         "items": [
                     *           {
                     *             "pool": "P-COUNTRY",
                     *             "merchant": "M0001"
                     *           }
                     *         ],
                     *         "next": "1"
                     *       },
                     *       "mismatches": {
                     *         "total": 1,
                     *         "items": [
                     *           {
                     *             "mid": "MID-1",
                     *             "merchant": "M0001",
                     *             "what": "industry",
                     *             "ofMid": "5812",
                     *             "ofMerchant": "5411"
                     *           }
                     *         ]
                     *       },
                     *       "unknownMerchants": 0,
                     *       "concentration": {
                     *         "total": 500,
                     *         "items": [
                     *           {
                     *             "mid": "MID-1",
                     *             "channel": "CH-A",
                     *             "merchants": 1,
                     *             "amount": 12000000,
                     *             "sharePpm": 41000
                     *           }
                     *         ],
                     *         "next": "1"
                     *       },
                     *       "versions": {
                     *         "total": 3,
                     *         "items": [
                     *           {
                     *             "version": 3,
                     *             "maker": "ops-maker",
                     *             "createdAt": "2026-11-25T01:00:00.000Z"
                     *           }
                     *         ],
                     *         "next": "1"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ComplianceAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB",
                     *       "name": "China Construction Bank",
                     *       "kind": "bank",
                     *       "currency": "CNY",
                     *       "paymentMode": "prepay",
                     *       "status": "active",
                     *       "balance": 950000,
                     *       "creditLine": 500000,
                     *       "held": 30000,
                     *       "used": 50000,
                     *       "available": 1420000,
                     *       "paidIn": 1000000,
                     *       "contacts": [
                     *         {
                     *           "name": "Li Wei",
                     *           "role": "客户经理",
                     *           "phone": "+86 755 0000 0000"
                     *         }
                     *       ],
                     *       "depositAccount": {
                     *         "bank": "CCB Shenzhen",
                     *         "holder": "Lijian Payments",
                     *         "number": "****1234"
                     *       },
                     *       "payoutAccount": {
                     *         "bank": "CCB Shenzhen",
                     *         "holder": "China Construction Bank",
                     *         "number": "****5678"
                     *       },
                     *       "warnBelow": {
                     *         "amount": 100000,
                     *         "ppm": 200000
                     *       },
                     *       "forecast": {
                     *         "spentToday": 900000,
                     *         "expectedToday": 2600000,
                     *         "endsAt": "2026-11-25T11:40:00.000Z",
                     *         "daysLeft": 0.5
                     *       },
                     *       "warnings": [
                     *         {
                     *           "partner": "CCB",
                     *           "warning": "ends_today",
                     *           "available": 1420000,
                     *           "endsAt": "2026-11-25T11:40:00.000Z",
                     *           "say": "at today's pace the balance ends at 19:40"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PartnerAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putPartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "China Construction Bank",
                 *       "kind": "bank",
                 *       "paymentMode": "prepay",
                 *       "status": "active",
                 *       "contacts": [
                 *         {
                 *           "name": "Li Wei",
                 *           "role": "客户经理",
                 *           "phone": "+86 755 0000 0000"
                 *         }
                 *       ],
                 *       "depositAccount": {
                 *         "bank": "CCB Shenzhen",
                 *         "holder": "Lijian Payments",
                 *         "number": "44201500000000001234"
                 *       },
                 *       "payoutAccount": {
                 *         "bank": "CCB Shenzhen",
                 *         "holder": "China Construction Bank",
                 *         "number": "44201500000000005678"
                 *       },
                 *       "warnBelow": {
                 *         "amount": 100000,
                 *         "ppm": 200000
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PartnerRequestInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB",
                     *       "name": "China Construction Bank",
                     *       "kind": "bank",
                     *       "currency": "CNY",
                     *       "paymentMode": "prepay",
                     *       "status": "active",
                     *       "balance": 950000,
                     *       "creditLine": 500000,
                     *       "held": 30000,
                     *       "used": 50000,
                     *       "available": 1420000,
                     *       "paidIn": 1000000,
                     *       "contacts": [
                     *         {
                     *           "name": "Li Wei",
                     *           "role": "客户经理",
                     *           "phone": "+86 755 0000 0000"
                     *         }
                     *       ],
                     *       "depositAccount": {
                     *         "bank": "CCB Shenzhen",
                     *         "holder": "Lijian Payments",
                     *         "number": "****1234"
                     *       },
                     *       "payoutAccount": {
                     *         "bank": "CCB Shenzhen",
                     *         "holder": "China Construction Bank",
                     *         "number": "****5678"
                     *       },
                     *       "warnBelow": {
                     *         "amount": 100000,
                     *         "ppm": 200000
                     *       },
                     *       "forecast": {
                     *         "spentToday": 900000,
                     *         "expectedToday": 2600000,
                     *         "endsAt": "2026-11-25T11:40:00.000Z",
                     *         "daysLeft": 0.5
                     *       },
                     *       "warnings": [
                     *         {
                     *           "partner": "CCB",
                     *           "warning": "ends_today",
                     *           "available": 1420000,
                     *           "endsAt": "2026-11-25T11:40:00.000Z",
                     *           "say": "at today's pace the balance ends at 19:40"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PartnerAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revealAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "payoutAccount": {
                 *         "holder": "City Bank Settlement Ltd"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RevealRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPartnerVersions: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerVersions"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPartners: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFundingWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "warnings": [
                     *         {
                     *           "partner": "CCB",
                     *           "warning": "ends_today",
                     *           "available": 1420000,
                     *           "endsAt": "2026-11-25T11:40:00.000Z",
                     *           "say": "at today's pace the balance ends at 19:40"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FundingWarningList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 1000000,
                 *       "valueDate": "2026-11-24",
                 *       "bankReference": "CCB20261124-0001",
                 *       "evidence": "receipts/2026/11/24/0001.pdf"
                 *     }
                 */
                "application/json": components["schemas"]["ReceiptRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 20000,
                 *       "campaign": "CCB-2026-Q4",
                 *       "reason": "the campaign has ended"
                 *     }
                 */
                "application/json": components["schemas"]["WithdrawalRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeCreditLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "creditLine": 500000,
                 *       "reason": "agreed for the fourth quarter"
                 *     }
                 */
                "application/json": components["schemas"]["CreditLineRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "reserve",
                 *       "amount": 1300,
                 *       "valueDate": "2026-11-24",
                 *       "bankReference": "RES20261124-0001",
                 *       "reason": "payouts of the day"
                 *     }
                 */
                "application/json": components["schemas"]["TransferRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPartnerCycles: {
        parameters: {
            query?: {
                partner?: string;
                cycle?: "day" | "week" | "month" | "quarter" | "end";
                state?: "issued" | "confirmed" | "disputed" | "closed";
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CyclePage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issuePartnerCycle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partner": "CCB",
                 *       "campaign": "CCB-2026-Q4"
                 *     }
                 */
                "application/json": components["schemas"]["CycleRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 3,
                     *       "partner": "CCB",
                     *       "currency": "CNY",
                     *       "cycle": "month",
                     *       "period": "2026-11",
                     *       "from": "2026-11-01",
                     *       "to": "2026-11-30",
                     *       "campaigns": [
                     *         "CCB-2026-Q4"
                     *       ],
                     *       "state": "issued",
                     *       "opening": 0,
                     *       "charged": 1500,
                     *       "returned": 300,
                     *       "collected": 0,
                     *       "adjusted": 0,
                     *       "closing": 1200,
                     *       "carried": 0,
                     *       "due": 1200,
                     *       "paid": 0,
                     *       "waived": 0,
                     *       "open": 1200,
                     *       "lines": [
                     *         {
                     *           "campaign": "CCB-2026-Q4",
                     *           "offer": "CCB-2026-Q4-FOOD",
                     *           "name": "餐饮满100减15",
                     *           "paymentMode": "postpay",
                     *           "count": 1,
                     *           "charged": 1500,
                     *           "returned": 300
                     *         }
                     *       ],
                     *       "disputes": [],
                     *       "statement": {
                     *         "rows": 2,
                     *         "sha256": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
                     *       },
                     *       "issuedAt": "2026-12-01T02:20:00.000Z",
                     *       "ageDays": 0
                     *     }
                     */
                    "application/json": components["schemas"]["CycleAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPartnerCycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 3,
                     *       "partner": "CCB",
                     *       "currency": "CNY",
                     *       "cycle": "month",
                     *       "period": "2026-11",
                     *       "from": "2026-11-01",
                     *       "to": "2026-11-30",
                     *       "campaigns": [
                     *         "CCB-2026-Q4"
                     *       ],
                     *       "state": "issued",
                     *       "opening": 0,
                     *       "charged": 1500,
                     *       "returned": 300,
                     *       "collected": 0,
                     *       "adjusted": 0,
                     *       "closing": 1200,
                     *       "carried": 0,
                     *       "due": 1200,
                     *       "paid": 0,
                     *       "waived": 0,
                     *       "open": 1200,
                     *       "lines": [
                     *         {
                     *           "campaign": "CCB-2026-Q4",
                     *           "offer": "CCB-2026-Q4-FOOD",
                     *           "name": "餐饮满100减15",
                     *           "paymentMode": "postpay",
                     *           "count": 1,
                     *           "charged": 1500,
                     *           "returned": 300
                     *         }
                     *       ],
                     *       "disputes": [],
                     *       "statement": {
                     *         "rows": 2,
                     *         "sha256": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
                     *       },
                     *       "issuedAt": "2026-12-01T02:20:00.000Z",
                     *       "ageDays": 0
                     *     }
                     */
                    "application/json": components["schemas"]["CycleAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadPartnerStatement: {
        parameters: {
            query?: {
                campaign?: string;
                offer?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmPartnerCycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 3,
                     *       "partner": "CCB",
                     *       "currency": "CNY",
                     *       "cycle": "month",
                     *       "period": "2026-11",
                     *       "from": "2026-11-01",
                     *       "to": "2026-11-30",
                     *       "campaigns": [
                     *         "CCB-2026-Q4"
                     *       ],
                     *       "state": "issued",
                     *       "opening": 0,
                     *       "charged": 1500,
                     *       "returned": 300,
                     *       "collected": 0,
                     *       "adjusted": 0,
                     *       "closing": 1200,
                     *       "carried": 0,
                     *       "due": 1200,
                     *       "paid": 0,
                     *       "waived": 0,
                     *       "open": 1200,
                     *       "lines": [
                     *         {
                     *           "campaign": "CCB-2026-Q4",
                     *           "offer": "CCB-2026-Q4-FOOD",
                     *           "name": "餐饮满100减15",
                     *           "paymentMode": "postpay",
                     *           "count": 1,
                     *           "charged": 1500,
                     *           "returned": 300
                     *         }
                     *       ],
                     *       "disputes": [],
                     *       "statement": {
                     *         "rows": 2,
                     *         "sha256": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
                     *       },
                     *       "issuedAt": "2026-12-01T02:20:00.000Z",
                     *       "ageDays": 0
                     *     }
                     */
                    "application/json": components["schemas"]["CycleAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disputePartnerCycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rows": [
                 *         {
                 *           "serial": "20261123-000001",
                 *           "amount": 1500,
                 *           "reason": "the cardholder never got it"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DisputeRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 3,
                     *       "partner": "CCB",
                     *       "currency": "CNY",
                     *       "cycle": "month",
                     *       "period": "2026-11",
                     *       "from": "2026-11-01",
                     *       "to": "2026-11-30",
                     *       "campaigns": [
                     *         "CCB-2026-Q4"
                     *       ],
                     *       "state": "issued",
                     *       "opening": 0,
                     *       "charged": 1500,
                     *       "returned": 300,
                     *       "collected": 0,
                     *       "adjusted": 0,
                     *       "closing": 1200,
                     *       "carried": 0,
                     *       "due": 1200,
                     *       "paid": 0,
                     *       "waived": 0,
                     *       "open": 1200,
                     *       "lines": [
                     *         {
                     *           "campaign": "CCB-2026-Q4",
                     *           "offer": "CCB-2026-Q4-FOOD",
                     *           "name": "餐饮满100减15",
                     *           "paymentMode": "postpay",
                     *           "count": 1,
                     *           "charged": 1500,
                     *           "returned": 300
                     *         }
                     *       ],
                     *       "disputes": [],
                     *       "statement": {
                     *         "rows": 2,
                     *         "sha256": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
                     *       },
                     *       "issuedAt": "2026-12-01T02:20:00.000Z",
                     *       "ageDays": 0
                     *     }
                     */
                    "application/json": components["schemas"]["CycleAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cycle": 3,
                 *       "amount": 1200,
                 *       "valueDate": "2026-12-03",
                 *       "bankReference": "CCB20261203-0007",
                 *       "evidence": "receipts/2026/12/03/0007.pdf"
                 *     }
                 */
                "application/json": components["schemas"]["CollectionRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeCycleAdjustment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cycle": 3,
                 *       "amount": 300,
                 *       "reason": "the partner is right about one row"
                 *     }
                 */
                "application/json": components["schemas"]["CycleAdjustmentRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClearingRuns: {
        parameters: {
            query?: {
                after?: components["schemas"]["IsoDate"];
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingRunPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openClearingRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "date": "2026-11-24"
                 *     }
                 */
                "application/json": components["schemas"]["ClearingRunRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingRunStarted"];
                };
            };
            /** @description closing the date early waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readClearingRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                date: components["schemas"]["IsoDate"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingRunAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMerchantSettlements: {
        parameters: {
            query: {
                /** @description the settlement date */
                date: components["schemas"]["IsoDate"];
                merchant?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantSettlementPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClearingFiles: {
        parameters: {
            query?: {
                from?: components["schemas"]["IsoDate"];
                to?: components["schemas"]["IsoDate"];
                kind?: "amount" | "fee" | "rebate" | "settlement";
                clearingSystem?: string;
                state?: "created" | "published" | "missing" | "acknowledged" | "refused" | "replaced";
                name?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingFilePage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeClearingFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcome": "refused",
                 *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "reasons": [
                 *         {
                 *           "row": 17,
                 *           "code": "E02",
                 *           "message": "unknown merchant"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AcknowledgementRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 7,
                     *       "businessDate": "2026-11-24",
                     *       "kind": "amount",
                     *       "clearingSystem": "main",
                     *       "currency": "CNY",
                     *       "version": 1,
                     *       "settlementDate": "2026-11-25",
                     *       "layout": "lijian-csv",
                     *       "name": "main_amount_20261124_v1.csv",
                     *       "rows": 2,
                     *       "rowsWritten": 2,
                     *       "received": 25600,
                     *       "discount": 3000,
                     *       "settle": 3000,
                     *       "feeFinal": 102,
                     *       "feeSaved": 0,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "bytes": 512,
                     *       "state": "published",
                     *       "createdAt": "2026-11-25T00:05:00.000+08:00",
                     *       "publishedAt": "2026-11-25T00:05:01.000+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["ClearingFileAnswer"];
                };
            };
            /** @description said by a person: it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceClearingFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "E02: unknown merchant in row 17"
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 7,
                     *       "businessDate": "2026-11-24",
                     *       "kind": "amount",
                     *       "clearingSystem": "main",
                     *       "currency": "CNY",
                     *       "version": 1,
                     *       "settlementDate": "2026-11-25",
                     *       "layout": "lijian-csv",
                     *       "name": "main_amount_20261124_v1.csv",
                     *       "rows": 2,
                     *       "rowsWritten": 2,
                     *       "received": 25600,
                     *       "discount": 3000,
                     *       "settle": 3000,
                     *       "feeFinal": 102,
                     *       "feeSaved": 0,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "bytes": 512,
                     *       "state": "published",
                     *       "createdAt": "2026-11-25T00:05:00.000+08:00",
                     *       "publishedAt": "2026-11-25T00:05:01.000+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["ClearingFileAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readClearingSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingSystemAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putClearingSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Clearing system of the bank",
                 *       "layouts": {
                 *         "amount": "fixed-gb18030",
                 *         "fee": {
                 *           "code": "bank-fees",
                 *           "rows": "offers",
                 *           "form": {
                 *             "type": "delimited",
                 *             "delimiter": "|"
                 *           },
                 *           "encoding": "gb18030",
                 *           "byteOrderMark": false,
                 *           "newline": "lf",
                 *           "amounts": "fen",
                 *           "dates": "YYYYMMDD",
                 *           "reverseAmounts": "negative",
                 *           "titles": false,
                 *           "columns": [
                 *             {
                 *               "field": "serial"
                 *             },
                 *             {
                 *               "field": "originalSerial"
                 *             },
                 *             {
                 *               "field": "merchant"
                 *             },
                 *             {
                 *               "field": "offerName"
                 *             },
                 *             {
                 *               "field": "settle"
                 *             }
                 *           ],
                 *           "trailer": [
                 *             {
                 *               "field": "rows"
                 *             },
                 *             {
                 *               "field": "settleTotal"
                 *             }
                 *           ],
                 *           "fileName": "{system}-{kind}-{date}-{version}.txt"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ClearingSystemRequestInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingSystemAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description accounts that begin with it, such as "receivable/" or "prepaid/CCB"; absent: all */
                prefix?: string;
                /** @description business date; absent: everything posted since the last sealed date, closing = the balance now */
                date?: components["schemas"]["IsoDate"];
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCases: {
        parameters: {
            query?: {
                state?: "open" | "closed";
                kind?: string;
                /** @description "-": nobody has it */
                owner?: string;
                client?: string;
                serial?: string;
                merchant?: string;
                source?: string;
                businessDate?: components["schemas"]["IsoDate"];
                olderThanDays?: number;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseWithResolutions"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "owner": "wang"
                 *     }
                 */
                "application/json": components["schemas"]["CaseOwnerRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the channel has corrected its bill"
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeResolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "resolution": "grant",
                 *       "consent": "CCB, letter of 2026-11-25",
                 *       "reason": "the customer was shown the discount",
                 *       "evidence": "archive/2026/11/ccb-0317.pdf"
                 *     }
                 */
                "application/json": components["schemas"]["ResolutionRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolutionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveResolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                resolution: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
                 *     }
                 */
                "application/json": {
                    hash: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolutionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectResolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                resolution: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
                 *       "reason": "the letter names another payment"
                 *     }
                 */
                "application/json": components["schemas"]["RejectionRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolutionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawResolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                resolution: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolutionAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listErasures: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestErasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "person": {
                 *         "pan": "6222021234567890128",
                 *         "customer": "C-10001"
                 *       },
                 *       "legalBasis": "个人信息保护法第四十七条，客户书面申请",
                 *       "heldBack": [
                 *         {
                 *           "place": "bills",
                 *           "until": "2027-12-31",
                 *           "basis": "会计档案管理办法"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ErasureRequestInput"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 3,
                     *       "state": "running",
                     *       "proposal": 41,
                     *       "legalBasis": "个人信息保护法第四十七条，客户书面申请",
                     *       "namedBy": [
                     *         "customer",
                     *         "pan"
                     *       ],
                     *       "heldBack": [
                     *         {
                     *           "place": "bills",
                     *           "until": "2027-12-31",
                     *           "basis": "会计档案管理办法"
                     *         }
                     *       ],
                     *       "places": [
                     *         {
                     *           "place": "groups",
                     *           "state": "done",
                     *           "rows": 1
                     *         },
                     *         {
                     *           "place": "books",
                     *           "state": "done",
                     *           "rows": 9
                     *         },
                     *         {
                     *           "place": "decisions",
                     *           "state": "done",
                     *           "rows": 2
                     *         },
                     *         {
                     *           "place": "bills",
                     *           "state": "waits",
                     *           "rows": 0,
                     *           "until": "2027-12-31"
                     *         },
                     *         {
                     *           "place": "flows",
                     *           "state": "done",
                     *           "rows": 4
                     *         }
                     *       ],
                     *       "requestedBy": "k-risk",
                     *       "requestedAt": "2026-12-01T08:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBillImports: {
        parameters: {
            query?: {
                date?: components["schemas"]["IsoDate"];
                source?: string;
                state?: "reading" | "accepted" | "refused" | "cut_off";
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillImportPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importBill: {
        parameters: {
            query: {
                layout: string;
                /** @description business date of the file */
                date: components["schemas"]["IsoDate"];
                /** @description whose serials it has; absent where the file says so, and for statements of accounts */
                client?: string;
                /** @description of the file, to find it again */
                name?: string;
                /** @description what it must have, for a file without totals of its own */
                lines?: number;
                /** @description to what its amounts must sum, in fen */
                amount?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file as it is */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "text/csv": unknown;
                "text/plain": unknown;
                "application/x-ndjson": unknown;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readBillImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readBillLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillLayout"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBillLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "icbc-8001",
                 *       "name": "工行 8001 账户",
                 *       "basis": "bank",
                 *       "source": "icbc-8001",
                 *       "encoding": "gb18030",
                 *       "form": {
                 *         "type": "delimited",
                 *         "delimiter": ",",
                 *         "quotes": true,
                 *         "header": "names"
                 *       },
                 *       "unit": "yuan",
                 *       "kind": {
                 *         "bySign": true
                 *       },
                 *       "fields": {
                 *         "reference": {
                 *           "column": "流水号"
                 *         },
                 *         "amount": [
                 *           {
                 *             "column": "贷方发生额"
                 *           },
                 *           {
                 *             "column": "借方发生额",
                 *             "negate": true
                 *           }
                 *         ],
                 *         "balance": [
                 *           {
                 *             "column": "余额"
                 *           }
                 *         ],
                 *         "at": {
                 *           "columns": [
                 *             "交易日期"
                 *           ],
                 *           "format": "YYYY-MM-DD"
                 *         }
                 *       },
                 *       "balance": "oldestFirst",
                 *       "trim": true,
                 *       "utcOffset": "+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["BillLayoutInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillLayout"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReconciliationRuns: {
        parameters: {
            query: {
                date: components["schemas"]["IsoDate"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationRuns"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "date": "2026-11-02"
                 *     }
                 */
                "application/json": components["schemas"]["ReconciliationRunRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationRuns"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReconciliationBreaks: {
        parameters: {
            query: {
                date: components["schemas"]["IsoDate"];
                source?: string;
                class?: "marketing_missing" | "payment_missing" | "amount_differs" | "state_differs" | "unfunded" | "over" | "short" | "unmatched_receipt" | "unmatched_payout";
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationBreakPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportKindList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readReport: {
        parameters: {
            query: {
                /** @description first business date */
                from: components["schemas"]["IsoDate"];
                /** @description last business date */
                to: components["schemas"]["IsoDate"];
                partner?: string;
                merchant?: string;
                campaign?: string;
                offer?: string;
                /** @description payment method */
                method?: string;
                client?: string;
                /** @description whose bills */
                source?: string;
                currency?: string;
                /** @description absent: the first */
                section?: string;
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                kind: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportPage"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReportRuns: {
        parameters: {
            query?: {
                kind?: "merchant" | "partner-transactions" | "partner-funds" | "clearing" | "campaign-effect" | "reconciliation" | "routing" | "audit";
                state?: "queued" | "running" | "done" | "failed" | "cancelled" | "expired";
                /** @description of its file or a beginning of it, or the check code of a statement */
                sha256?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportRunPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "merchant",
                 *       "parameters": {
                 *         "from": "2026-10-01",
                 *         "to": "2026-10-31",
                 *         "partner": "CCB"
                 *       },
                 *       "format": "xlsx",
                 *       "language": "zh",
                 *       "encoding": "utf-8"
                 *     }
                 */
                "application/json": components["schemas"]["ReportRequestInput"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 12,
                     *       "kind": "merchant",
                     *       "parameters": {
                     *         "from": "2026-10-01",
                     *         "to": "2026-10-31",
                     *         "partner": "CCB"
                     *       },
                     *       "format": "xlsx",
                     *       "language": "zh",
                     *       "encoding": "utf-8",
                     *       "state": "done",
                     *       "requestedBy": "k-finance",
                     *       "requestedAt": "2026-11-01T01:00:00.000Z",
                     *       "attempt": 1,
                     *       "rowsWritten": 8123,
                     *       "startedAt": "2026-11-01T01:00:00.100Z",
                     *       "finishedAt": "2026-11-01T01:00:01.900Z",
                     *       "snapshot": "sealed 2026-10-31 3f0b1c5a77d9e210 at 2026-10-31T16:06:12Z",
                     *       "rows": 8123,
                     *       "bytes": 612345,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "fileName": "商户报表 CCB 2026-10-01 2026-10-31 12.xlsx",
                     *       "expiresAt": "2026-12-01T01:00:01.900Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReportRunAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readReportRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportRunAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelReportRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportRunAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    linkReportFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportLinkAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadReportFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file; `x-content-sha256` is its SHA-256 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "application/pdf": unknown;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readReportSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-DAILY",
                     *       "name": "CCB, each morning",
                     *       "kind": "merchant",
                     *       "parameters": {
                     *         "partner": "CCB"
                     *       },
                     *       "range": "yesterday",
                     *       "format": "xlsx",
                     *       "language": "zh",
                     *       "encoding": "utf-8",
                     *       "at": "07:30",
                     *       "when": {
                     *         "every": "week",
                     *         "on": [
                     *           "monday",
                     *           "tuesday",
                     *           "wednesday",
                     *           "thursday",
                     *           "friday"
                     *         ]
                     *       },
                     *       "deliverTo": [
                     *         "archive"
                     *       ],
                     *       "active": true,
                     *       "updatedBy": "k-finance",
                     *       "updatedAt": "2026-11-01T01:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReportScheduleAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putReportSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "CCB, each morning",
                 *       "kind": "merchant",
                 *       "parameters": {
                 *         "partner": "CCB"
                 *       },
                 *       "range": "yesterday",
                 *       "format": "xlsx",
                 *       "language": "zh",
                 *       "encoding": "utf-8",
                 *       "at": "07:30",
                 *       "when": {
                 *         "every": "week",
                 *         "on": [
                 *           "monday",
                 *           "tuesday",
                 *           "wednesday",
                 *           "thursday",
                 *           "friday"
                 *         ]
                 *       },
                 *       "deliverTo": [
                 *         "archive"
                 *       ],
                 *       "active": true
                 *     }
                 */
                "application/json": components["schemas"]["ReportScheduleRequestInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-DAILY",
                     *       "name": "CCB, each morning",
                     *       "kind": "merchant",
                     *       "parameters": {
                     *         "partner": "CCB"
                     *       },
                     *       "range": "yesterday",
                     *       "format": "xlsx",
                     *       "language": "zh",
                     *       "encoding": "utf-8",
                     *       "at": "07:30",
                     *       "when": {
                     *         "every": "week",
                     *         "on": [
                     *           "monday",
                     *           "tuesday",
                     *           "wednesday",
                     *           "thursday",
                     *           "friday"
                     *         ]
                     *       },
                     *       "deliverTo": [
                     *         "archive"
                     *       ],
                     *       "active": true,
                     *       "updatedBy": "k-finance",
                     *       "updatedAt": "2026-11-01T01:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReportScheduleAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReportSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportScheduleList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endReportSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "CCB-DAILY",
                     *       "name": "CCB, each morning",
                     *       "kind": "merchant",
                     *       "parameters": {
                     *         "partner": "CCB"
                     *       },
                     *       "range": "yesterday",
                     *       "format": "xlsx",
                     *       "language": "zh",
                     *       "encoding": "utf-8",
                     *       "at": "07:30",
                     *       "when": {
                     *         "every": "week",
                     *         "on": [
                     *           "monday",
                     *           "tuesday",
                     *           "wednesday",
                     *           "thursday",
                     *           "friday"
                     *         ]
                     *       },
                     *       "deliverTo": [
                     *         "archive"
                     *       ],
                     *       "active": true,
                     *       "updatedBy": "k-finance",
                     *       "updatedAt": "2026-11-01T01:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReportScheduleAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description absent: every state */
                state?: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
                /** @description made: what the one who asks has proposed; waiting: what the one who asks may decide */
                mine?: "made" | "waiting";
                kind?: "campaign" | "rule_template" | "resume" | "partner" | "receipt" | "withdrawal" | "credit_line" | "transfer" | "collection" | "cycle_adjustment" | "case_resolution" | "card_usage" | "routing" | "resume_route" | "shared_pool" | "merchant_fees" | "card_group" | "customer_group" | "merchant_group" | "clearing_system" | "bill_layout" | "acknowledgement" | "early_close" | "replacement" | "client" | "api_key" | "branch" | "person" | "recovery" | "role" | "approval_policy" | "delegation" | "erasure";
                /** @description of this branch and below */
                branch?: string;
                subject?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countApprovals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalCounts"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProposals: {
        parameters: {
            query?: {
                /** @description absent: every state */
                state?: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
                /** @description made: what the one who asks has proposed; waiting: what the one who asks may decide */
                mine?: "made" | "waiting";
                kind?: "campaign" | "rule_template" | "resume" | "partner" | "receipt" | "withdrawal" | "credit_line" | "transfer" | "collection" | "cycle_adjustment" | "case_resolution" | "card_usage" | "routing" | "resume_route" | "shared_pool" | "merchant_fees" | "card_group" | "customer_group" | "merchant_group" | "clearing_system" | "bill_layout" | "acknowledgement" | "early_close" | "replacement" | "client" | "api_key" | "branch" | "person" | "recovery" | "role" | "approval_policy" | "delegation" | "erasure";
                /** @description of this branch and below */
                branch?: string;
                subject?: string;
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposals: components["schemas"]["ApprovalLine"][];
                        next?: string;
                    };
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "receipt",
                     *       "title": {
                     *         "en": "Receipt",
                     *         "zh": "入款"
                     *       },
                     *       "subject": "CCB",
                     *       "before": null,
                     *       "body": {
                     *         "amount": 1000000,
                     *         "valueDate": "2026-11-24",
                     *         "bankReference": "CCB20261124-0001",
                     *         "evidence": "receipts/2026/11/24/0001.pdf"
                     *       },
                     *       "changes": [
                     *         {
                     *           "path": "amount",
                     *           "field": {
                     *             "en": "Amount",
                     *             "zh": "金额"
                     *           },
                     *           "before": null,
                     *           "after": "10000.00"
                     *         },
                     *         {
                     *           "path": "bankReference",
                     *           "field": {
                     *             "en": "Bank reference",
                     *             "zh": "银行流水号"
                     *           },
                     *           "before": null,
                     *           "after": "CCB20261124-0001"
                     *         }
                     *       ],
                     *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                     *       "version": 2,
                     *       "state": "approved",
                     *       "branch": "head-office",
                     *       "amountFen": 1000000,
                     *       "maker": "ak_maker",
                     *       "makerPerson": "p-k3m9x2vq7d",
                     *       "madeAt": "2026-11-24T02:00:00.000Z",
                     *       "needs": 1,
                     *       "approvals": 1,
                     *       "expiresAt": "2026-12-24T02:00:00.000Z",
                     *       "checker": "ak_checker",
                     *       "checkedAt": "2026-11-24T02:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApprovalLine"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    amendProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 1000000,
                 *       "valueDate": "2026-11-24",
                 *       "bankReference": "CCB20261124-0001",
                 *       "evidence": "receipts/2026/11/24/0001.pdf"
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
                 *     }
                 */
                "application/json": {
                    hash: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
                 *       "reason": "the amount is not that of the bank statement"
                 *     }
                 */
                "application/json": components["schemas"]["RejectProposal"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "acquiring",
                     *       "name": "Acquiring core",
                     *       "webhookUrl": "https://core.example/lijian",
                     *       "hasWebhookSecret": true,
                     *       "ratePerSecond": 5000,
                     *       "deadlineMs": 40,
                     *       "mayOmitPaid": false,
                     *       "serialsMayLookLikeCards": false
                     *     }
                     */
                    "application/json": components["schemas"]["ClientAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acquiring core",
                 *       "webhookUrl": "https://core.example/lijian",
                 *       "ratePerSecond": 5000,
                 *       "deadlineMs": 40
                 *     }
                 */
                "application/json": components["schemas"]["ClientRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "acquiring",
                     *       "name": "Acquiring core",
                     *       "webhookUrl": "https://core.example/lijian",
                     *       "hasWebhookSecret": true,
                     *       "ratePerSecond": 5000,
                     *       "deadlineMs": 40,
                     *       "mayOmitPaid": false,
                     *       "serialsMayLookLikeCards": false
                     *     }
                     */
                    "application/json": components["schemas"]["ClientAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientWaiting"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClients: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description stands in the code or the name, in whatever case */
                q?: string;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serial": "rotation-2026-12",
                 *       "overlapHours": 48
                 *     }
                 */
                "application/json": components["schemas"]["WebhookRotationRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookRotationAnswer"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookRotationWaiting"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "client": "acquiring",
                 *       "name": "core, production",
                 *       "scopes": [
                 *         "transactions"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyMade"];
                };
            };
            /** @description it waits for another person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWaiting"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "abcdefgh2345",
                     *       "client": "acquiring",
                     *       "name": "core, production",
                     *       "scopes": [
                     *         "transactions"
                     *       ],
                     *       "createdAt": "2026-10-01T02:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBranches: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BranchPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoles: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolePage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApprovalPolicies: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalPolicyPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBranch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "杭州分公司",
                 *       "parent": "head-office"
                 *     }
                 */
                "application/json": components["schemas"]["BranchRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Campaigns of Hangzhou",
                 *       "nameZh": "杭州活动经办",
                 *       "scopes": [
                 *         "campaigns.make",
                 *         "read"
                 *       ],
                 *       "conflicts": [
                 *         {
                 *           "role": "reviewer",
                 *           "why": "who makes a campaign does not approve campaigns"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RoleRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putApprovalPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: "any" | "campaign" | "rule_template" | "resume" | "partner" | "receipt" | "withdrawal" | "credit_line" | "transfer" | "collection" | "cycle_adjustment" | "case_resolution" | "card_usage" | "routing" | "resume_route" | "shared_pool" | "merchant_fees" | "card_group" | "customer_group" | "merchant_group" | "clearing_system" | "bill_layout" | "acknowledgement" | "early_close" | "replacement" | "client" | "api_key" | "branch" | "person" | "recovery" | "role" | "approval_policy" | "delegation" | "erasure";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "policies": [
                 *         {
                 *           "fromFen": 0,
                 *           "approvers": 1,
                 *           "otherBranch": false,
                 *           "expiresAfterHours": 720
                 *         },
                 *         {
                 *           "fromFen": 100000000,
                 *           "approvers": 2,
                 *           "otherBranch": false,
                 *           "roles": [
                 *             "finance-checker"
                 *           ],
                 *           "expiresAfterHours": 168
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApprovalPolicyRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPersons: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description the beginning of the login, or a part of the name */
                q?: string;
                /** @description of this branch and below */
                branch?: string;
                role?: string;
                status?: "active" | "disabled";
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makePerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "li.na",
                 *       "name": "李娜",
                 *       "branch": "head-office",
                 *       "roles": [
                 *         "operator"
                 *       ],
                 *       "language": "zh-CN"
                 *     }
                 */
                "application/json": components["schemas"]["PersonRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "李娜",
                 *       "branch": "head-office",
                 *       "roles": [
                 *         "reviewer"
                 *       ],
                 *       "status": "active",
                 *       "language": "zh-CN"
                 *     }
                 */
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disablePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recoverPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the telephone with the authenticator is lost"
                 *     }
                 */
                "application/json": components["schemas"]["RecoveryRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makePersonEnrolment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentMade"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDelegations: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DelegationPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeDelegation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "standsIn": "p-k3m9x2abcd",
                 *       "from": "2026-12-21T00:00:00+08:00",
                 *       "until": "2026-12-28T00:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["DelegationRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endDelegation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        absent: string;
                        standsIn: string;
                        /** @description instant with offset */
                        from: string;
                        /** @description instant with offset */
                        until: string;
                        /** @description by which it was approved */
                        proposal: number;
                        /** @description instant with offset */
                        endedAt?: string;
                    };
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proveDecision: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "update": "partner-funding.decide",
                 *       "subject": 17,
                 *       "argument": {
                 *         "hash": "5bde9c4c0b4d6f0e8a2f1d3c5b7a9e8d6c4b2a0f1e3d5c7b9a8f6e4d2c0b1a3f",
                 *         "decision": "approve"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DecisionProofRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "proof": "dp1.WyJwMSIsImtleSIsMTc5NjA4OTM0NTAwMCwid2hhdCJd.c2lnbmF0dXJl",
                     *       "expiresAt": "2026-12-01T08:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DecisionProofAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "li.na",
                 *       "password": "correct horse 42",
                 *       "code": "287082"
                 *     }
                 */
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enrolment": "en_Vd8mQ2b1yQm0Lk9sXn4RzTtq",
                 *       "login": "li.na",
                 *       "name": "李娜",
                 *       "password": "correct horse 42"
                 *     }
                 */
                "application/json": components["schemas"]["EnrolmentRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "287082"
                 *     }
                 */
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse 42",
                 *       "newPassword": "another horse 43"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "287082"
                 *     }
                 */
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "laptop of Li Na",
                 *       "scopes": [
                 *         "card-groups",
                 *         "read"
                 *       ],
                 *       "expiresInDays": 30
                 *     }
                 */
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMade"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listViews: {
        parameters: {
            query?: {
                page?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "待复核",
                 *       "page": "campaigns",
                 *       "state": {
                 *         "state": "not_approved",
                 *         "columns": [
                 *           "code",
                 *           "name",
                 *           "maker"
                 *         ]
                 *       },
                 *       "shared": true
                 *     }
                 */
                "application/json": components["schemas"]["SavedViewRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description business date */
                from?: components["schemas"]["IsoDate"];
                /** @description business date, included */
                to?: components["schemas"]["IsoDate"];
                /** @description id of the API key or person that asked */
                actor?: string;
                person?: string;
                branch?: string;
                /** @description operationId of the API, or the activity of the worker */
                operation?: string;
                act?: "insert" | "update" | "delete" | "sign_in" | "refusal" | "read";
                /** @description campaign_version, partner, proposal, api_key … */
                subjectKind?: string;
                subject?: string;
                /** @description what a problem document calls "instance" */
                request?: string;
                result?: "done" | "refused";
                after?: string;
                limit?: number;
                /** @description csv: the whole list as a file, also by `accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                    "text/csv": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginOidc: {
        parameters: {
            query?: {
                /** @description where the browser goes afterwards */
                back?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The browser goes on: "location" says where to */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stepUpOidc: {
        parameters: {
            query?: {
                /** @description where the browser goes afterwards */
                back?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The browser goes on: "location" says where to */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishOidc: {
        parameters: {
            query: {
                code?: string;
                state: string;
                iss?: string;
                session_state?: string;
                error?: string;
                error_description?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The browser goes on: "location" says where to */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description what the browser takes: parseCreationOptionsFromJSON or parseRequestOptionsFromJSON of PublicKeyCredential */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenge: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Li Na's phone",
                 *       "response": {
                 *         "id": "nJ6tK2w0T3uVYf0Wm4LqXw",
                 *         "rawId": "nJ6tK2w0T3uVYf0Wm4LqXw",
                 *         "type": "public-key",
                 *         "clientExtensionResults": {},
                 *         "response": {
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
                 *           "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVgA",
                 *           "transports": [
                 *             "internal"
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyRegistrationInput"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyList"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginPasskeySignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description what the browser takes: parseCreationOptionsFromJSON or parseRequestOptionsFromJSON of PublicKeyCredential */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenge: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signInByPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "response": {
                 *         "id": "nJ6tK2w0T3uVYf0Wm4LqXw",
                 *         "rawId": "nJ6tK2w0T3uVYf0Wm4LqXw",
                 *         "type": "public-key",
                 *         "clientExtensionResults": {},
                 *         "response": {
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                 *           "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
                 *           "signature": "MEUCIQDk9vXb"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyAssertionInput"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginPasskeyStepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description what the browser takes: parseCreationOptionsFromJSON or parseRequestOptionsFromJSON of PublicKeyCredential */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenge: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stepUpByPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "response": {
                 *         "id": "nJ6tK2w0T3uVYf0Wm4LqXw",
                 *         "rawId": "nJ6tK2w0T3uVYf0Wm4LqXw",
                 *         "type": "public-key",
                 *         "clientExtensionResults": {},
                 *         "response": {
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                 *           "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
                 *           "signature": "MEUCIQDk9vXb"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyAssertionInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
        };
    };
    giveBacktestFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        /** @description payments, one a line */
        requestBody: {
            content: {
                "application/x-ndjson": unknown;
                "application/gzip": unknown;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importCardGroup: {
        parameters: {
            query?: {
                /** @description replace: the file is all that the group has afterwards; add and remove change only what it names */
                mode?: "replace" | "add" | "remove";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        /** @description members, one a line */
        requestBody: {
            content: {
                "text/plain": unknown;
                "application/x-ndjson": unknown;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "card_group",
                     *       "code": "VIP",
                     *       "mode": "replace",
                     *       "state": "done",
                     *       "changed": true,
                     *       "lines": 1000000,
                     *       "accepted": 1000000,
                     *       "duplicates": 12,
                     *       "errorCount": 0,
                     *       "errors": [],
                     *       "bytes": 20000000,
                     *       "percent": 100,
                     *       "members": 999988,
                     *       "startedBy": "k_7",
                     *       "startedAt": "2026-11-20T02:00:00.000Z",
                     *       "finishedAt": "2026-11-20T02:00:09.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["GroupImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importCustomerGroup: {
        parameters: {
            query?: {
                /** @description replace: the file is all that the group has afterwards; add and remove change only what it names */
                mode?: "replace" | "add" | "remove";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        /** @description members, one a line */
        requestBody: {
            content: {
                "text/plain": unknown;
                "application/x-ndjson": unknown;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "card_group",
                     *       "code": "VIP",
                     *       "mode": "replace",
                     *       "state": "done",
                     *       "changed": true,
                     *       "lines": 1000000,
                     *       "accepted": 1000000,
                     *       "duplicates": 12,
                     *       "errorCount": 0,
                     *       "errors": [],
                     *       "bytes": 20000000,
                     *       "percent": 100,
                     *       "members": 999988,
                     *       "startedBy": "k_7",
                     *       "startedAt": "2026-11-20T02:00:00.000Z",
                     *       "finishedAt": "2026-11-20T02:00:09.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["GroupImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importMerchantGroup: {
        parameters: {
            query?: {
                /** @description replace: the file is all that the group has afterwards; add and remove change only what it names */
                mode?: "replace" | "add" | "remove";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        /** @description members, one a line */
        requestBody: {
            content: {
                "text/plain": unknown;
                "application/x-ndjson": unknown;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "card_group",
                     *       "code": "VIP",
                     *       "mode": "replace",
                     *       "state": "done",
                     *       "changed": true,
                     *       "lines": 1000000,
                     *       "accepted": 1000000,
                     *       "duplicates": 12,
                     *       "errorCount": 0,
                     *       "errors": [],
                     *       "bytes": 20000000,
                     *       "percent": 100,
                     *       "members": 999988,
                     *       "startedBy": "k_7",
                     *       "startedAt": "2026-11-20T02:00:00.000Z",
                     *       "finishedAt": "2026-11-20T02:00:09.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["GroupImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importMerchants: {
        parameters: {
            query?: {
                /** @description replace: the file is the whole list, and who is not in it leaves */
                mode?: "replace" | "add" | "remove";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description merchants, one a line */
        requestBody: {
            content: {
                "application/x-ndjson": unknown;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 17,
                     *       "kind": "card_group",
                     *       "code": "VIP",
                     *       "mode": "replace",
                     *       "state": "done",
                     *       "changed": true,
                     *       "lines": 1000000,
                     *       "accepted": 1000000,
                     *       "duplicates": 12,
                     *       "errorCount": 0,
                     *       "errors": [],
                     *       "bytes": 20000000,
                     *       "percent": 100,
                     *       "members": 999988,
                     *       "startedBy": "k_7",
                     *       "startedAt": "2026-11-20T02:00:00.000Z",
                     *       "finishedAt": "2026-11-20T02:00:09.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["GroupImportAnswer"];
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logoutOidc: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": unknown;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
