package enum AnalyticsPlaceholder {}
