package enum SimulatorPlaceholder {}
