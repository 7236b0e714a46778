/// Every numeric limit of the system, with its unit in its name and its reason beside it.
package enum Limits {
    /// Meta's payloads reach 3 MB (history); a little room above.
    package static let webhookBodyBytesMax = 4 * 1024 * 1024
    /// A send log or a query in one request.
    package static let apiBodyBytesMax = 16 * 1024 * 1024
    /// Nesting beyond this is not JSON that anybody means; deeper bodies are kept raw and counted.
    package static let jsonDepthMax = 128
    /// How long a group of deliveries waits for companions before it is committed, when there is load.
    package static let groupCommitWaitMicroseconds: UInt32 = 1_000
    /// Bytes of deliveries waiting for the disk before new ones are told to come back (503).
    package static let inboxPendingBytesMax = 64 * 1024 * 1024
    /// Longest time that one delivery waits for its commit before it is told to come back (503).
    package static let inboxAppendSecondsMax: Int64 = 20
    /// Longest tag, template name, campaign… that becomes a dimension value; longer ones are cut.
    package static let labelBytesMax = 256
    /// Rows of one answer.
    package static let answerRowsMax = 10_000
    /// Buckets of one answer's time column.
    package static let answerBucketsMax = 10_000
}
