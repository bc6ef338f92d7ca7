##! Adds the system and the program that huginn names to conn.log, joined by Community ID.
##!
##!     huginn pcap --format json capture.pcap | python examples/zeek/names.py > huginn.tsv
##!     zeek -C -r capture.pcap examples/zeek/huginn.zeek
##!
##! In live capture write huginn.tsv anew from time to time; Zeek reads it again when it changes.

@load base/frameworks/input
@load policy/protocols/conn/community-id-logging

module Huginn;

export {
	## The file that names.py writes.
	option names_file: string = "huginn.tsv";

	redef record Conn::Info += {
		## The system of the client, by its SYN.
		huginn_os: string &optional &log;
		## The program of the client, by its ClientHello or request.
		huginn_client: string &optional &log;
	};
}

type Key: record {
	community_id: string;
};

type Names: record {
	os: string &optional;
	client: string &optional;
};

global names: table[string] of Names = table();

event zeek_init()
	{
	Input::add_table([$source=names_file, $name="huginn", $idx=Key, $val=Names, $destination=names, $mode=Input::REREAD]);
	}

# After the fields of conn.log are set, before they are written.
event connection_state_remove(c: connection) &priority=-4
	{
	if ( ! c?$conn || ! c$conn?$community_id || c$conn$community_id !in names )
		return;

	local found = names[c$conn$community_id];
	if ( found?$os )
		c$conn$huginn_os = found$os;
	if ( found?$client )
		c$conn$huginn_client = found$client;
	}
