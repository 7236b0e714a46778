package enum DashboardPlaceholder {}
