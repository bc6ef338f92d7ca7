module huginn/measurements/agent

go 1.22
