// MailLab
