; What machines in plants and buildings state about themselves, and the roles that their frames show.
;
; A text begins with the protocol (csrc/industrial). A server of an unknown kind is a controller, its client an HMI.

classes = win,unix,other

[device]

; ---- roles ------------------------------------------------------------------------------------------

label = g:controller::::
; source: the protocol has no kinds of servers; medium
sig   = industrial modbus server
sig   = industrial enip server
sig   = industrial bacnet server
sig   = industrial fox server

label = g:plc::::
; source: Siemens, Beckhoff, Omron: protocols of their controllers; high
sig   = industrial s7 server
sig   = industrial ads server
sig   = industrial fins server

label = g:rtu::::
; source: IEEE 1815 (outstations), IEC 60870-5-104 (controlled stations); high
sig   = industrial dnp3 server
sig   = industrial iec104 server

label = g:relay::::
; source: IEEE C37.118.2: a relay or another device that measures phasors; medium
sig   = industrial c37118 server

label = g:ics-gateway::::
; source: EN 13321-2 (servers of KNX connect a bus to IP); high
sig   = industrial knx server
; source: ASHRAE 135, 6: a router between BACnet networks; high
sig   = industrial bacnet routed *

label = g:::::
; source: OPC UA, part 4: the name of a program, as urn:freeopcua:python:server; high
sig   = industrial opcua product urn:*
; source: the client goes on reading or writing after its questions were answered; medium
sig   = industrial modbus client
sig   = industrial enip client
sig   = industrial s7 client
sig   = industrial dnp3 client
sig   = industrial iec104 client
sig   = industrial c37118 client
sig   = industrial ads client
sig   = industrial fins client
sig   = industrial fox client

; ---- EtherNet/IP: device profiles of CIP (ODVA, volume 1, 6) -------------------------------------------

label = s:drive::::
; source: ODVA's device profiles; high
sig   = industrial enip type 2
sig   = industrial enip type 19
sig   = industrial enip type 35
sig   = industrial enip type 37
sig   = industrial enip type 38

label = s:plc::::
; source: ODVA's device profiles; high
sig   = industrial enip type 14

label = s:hmi::::
; source: ODVA's device profiles; high
sig   = industrial enip type 24

label = s:switch::::
; source: ODVA's device profiles; high
sig   = industrial enip type 44

label = s:::<model>::
; source: ODVA, volume 1, 5-2; high
sig   = industrial enip product <model>

label = s:::::<version>
; source: ODVA, volume 1, 5-2; high
sig   = industrial enip revision <version>

; ---- BACnet ------------------------------------------------------------------------------------------

label = g:controller::BACnet instance <suffix>::
; source: ASHRAE 135, 16.10 (a vendor that is not in the list); high
sig   = industrial bacnet vendor * instance <suffix>

label = g::<manufacturer>:::
; source: ASHRAE 135, 12.11; high
sig   = industrial bacnet maker <manufacturer>

label = s:::<model>::
; source: ASHRAE 135, 12.11; high
sig   = industrial bacnet model <model>

label = s:::::<version>
; source: ASHRAE 135, 12.11; high
sig   = industrial bacnet firmware <version>

; ---- Siemens -----------------------------------------------------------------------------------------

label = s:plc:Siemens:6ES7 <model>::
; source: Siemens' order numbers; high
sig   = industrial s7 order 6ES7 <model>

label = s::Siemens:<model>::
; source: Siemens' order numbers; high
sig   = industrial s7 order <model>

label = g:plc::<model>::
; source: Siemens' system lists; medium
sig   = industrial s7 module <model>

label = s::Siemens:::<version>
; source: Siemens' system lists; high
sig   = industrial s7 firmware <version>

; ---- PROFINET ----------------------------------------------------------------------------------------

label = s::Siemens:::
; source: PI's list of vendors; high
sig   = industrial profinet vendor 42

label = s::Phoenix Contact:::
; source: PI's list of vendors; high
sig   = industrial profinet vendor 176

label = s:::<model>::
; source: IEC 61158-6-10; high
sig   = industrial profinet type <model>

label = g:plc::::
; source: IEC 61158-6-10, roles: an IO controller; medium
sig   = industrial profinet role 2
; source: IEC 61158-6-10, roles: an IO controller that is also a device; medium
sig   = industrial profinet role 3

; ---- others ------------------------------------------------------------------------------------------

label = s::<manufacturer>:::
; source: ISO 9506-1; high
sig   = industrial mms vendor <manufacturer>
; source: Modbus 1.1b3, 6.21; high
sig   = industrial modbus vendor <manufacturer>

label = g:::<model>::
; source: OPC UA, part 4; medium
sig   = industrial opcua product <model>

label = s:::<model>::
; source: ISO 9506-1; high
sig   = industrial mms model <model>

label = g:::<model>::
; source: Modbus 1.1b3, 6.21; high
sig   = industrial modbus product <model>

label = s:::<model>::
; source: Modbus 1.1b3, 6.21; high
sig   = industrial modbus model <model>

label = s:::::<version>
; source: ISO 9506-1; high
sig   = industrial mms revision <version>
; source: Modbus 1.1b3, 6.21; high
sig   = industrial modbus revision <version>

label = s:plc:Omron:<model>::
; source: Omron, W227; high
sig   = industrial fins model <model>

label = s::Omron:::<version>
; source: Omron, W227; high
sig   = industrial fins version <version>

label = s:plc:Beckhoff:::
; source: Beckhoff's documentation of ADS: the name of the program that answers; high
sig   = industrial ads device *

label = s::Beckhoff:::<version>
; source: Beckhoff's documentation of ADS; high
sig   = industrial ads version <version>

label = s:controller:Tridium:::<version>
; source: Niagara; medium
sig   = industrial fox version <version>
