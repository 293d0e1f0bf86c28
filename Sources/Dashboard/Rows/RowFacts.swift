import Deliverability

/// What the columns of one row show.
typealias RowFacts = StatusDigest
