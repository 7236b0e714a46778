package enum WhatsAppPlaceholder {}
