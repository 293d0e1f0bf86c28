import Testing

@testable import MailLab
