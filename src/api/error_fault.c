/*
 * Faults that are no code of the service. Each row is what there is to say of
 * one; the HTTP statuses come in ranges, the narrow ones first.
 */
#include "bantop/api/error_fault.h"

static const char passing[] =
    "reads are repeated by themselves, at most twice, after about 1 s and 2 s";
static const char other_host[] =
    "reads are repeated by themselves, at most twice, also at the backup host";
static const char never[] = "not repeated by itself";

static const struct error_fault kinds[] = {
	[ERR_NONE] = { .title = "no error",
	    .meaning = "the call succeeded",
	    .causes = { "there is no error" },
	    .action = "none",
	    .repeat = never },
	[ERR_USAGE] = { .title = "not as it is used",
	    .meaning = "an option, a command or a typed value is not one that "
	               "bantop takes",
	    .causes = { "an option or a name is mistyped",
	        "the shell took a part of it: put # and @ in single quotes" },
	    .action = "see bantop --help",
	    .repeat = never },
	[ERR_CONFIG] = { .title = "configuration not understood",
	    .meaning = "a configuration or theme file does not say what "
	               "bantop can follow",
	    .causes = { "a value is not one of those allowed",
	        "a quote or a brace is missing",
	        "the file is for another version" },
	    .action = "run bantop --check-config: it names every line",
	    .repeat = never },
	[ERR_FILE] = { .title = "file trouble",
	    .meaning = "a file could not be read or written",
	    .causes = { "the file is not there, or is no plain file",
	        "the rights of the file or its folder do not allow it",
	        "the disk is full",
	        "the file is there already: --force "
	        "replaces it" },
	    .action = "look at the file that the message names",
	    .repeat = never },
	[ERR_CREDENTIAL] = { .title = "credentials not usable",
	    .meaning = "secret key or UserSig were refused here, before any "
	               "request",
	    .causes = { "the secret key was cut short: it has 64 digits",
	        "the supplied UserSig has ended",
	        "the supplied UserSig is for another account or application",
	        "others can read the file: chmod 600" },
	    .action = "correct the secret; bantop doctor checks it",
	    .repeat = never },
	[ERR_LOOKUP] = { .title = "host name not found",
	    .meaning = "the name of the service's host could not be turned "
	               "into an address",
	    .causes = { "no network, or no name server",
	        "the name server does not know names of the internet",
	        "the host in --endpoint or in the configuration is mistyped" },
	    .action = "try: getent hosts HOST; then look at the network",
	    .repeat = other_host },
	[ERR_CONNECT] = { .title = "no connection",
	    .meaning = "nothing took the connection at the service's address",
	    .causes = { "a firewall does not let port 443 out",
	        "a proxy is needed: set it in the configuration",
	        "the port in --endpoint is not the right one",
	        "the service is not reachable for the moment" },
	    .action = "run bantop doctor from this machine",
	    .repeat = other_host },
	[ERR_TLS] = { .title = "no trust",
	    .meaning = "the TLS handshake failed, or the certificate is not "
	               "one to trust",
	    .causes = { "a proxy opens the traffic: its CA is needed, "
	                "--cacert FILE",
	        "the clock of this machine is wrong",
	        "the CA certificates of this machine are missing or old",
	        "the host's name is not the one in its certificate",
	        "the other side does not speak TLS 1.2" },
	    .action = "run bantop doctor; there is no way to turn the check "
	              "off",
	    .repeat = never },
	[ERR_NETWORK] = { .title = "broken off",
	    .meaning = "the connection ended before the reply was whole",
	    .causes = { "the line is bad, or was interrupted",
	        "a proxy or firewall cut the connection",
	        "the service restarted" },
	    .action = "try again; bantop doctor tests the line",
	    .repeat = passing },
	[ERR_TIMEOUT] = { .title = "no answer in time",
	    .meaning = "the reply did not come within the time that is "
	               "allowed",
	    .causes = { "the line is slow: raise --timeout",
	        "a firewall drops the packets without a word",
	        "the service is slow: a smaller --page-size helps" },
	    .action = "raise --timeout and --connect-timeout, or try later",
	    .repeat = passing },
	[ERR_HTTP] = { .title = "not the service's answer",
	    .meaning = "the HTTP status is not 200, with which the service "
	               "answers always",
	    .causes = { "a proxy or gateway answers in the service's place",
	        "--endpoint leads to something that is not the service" },
	    .action = "look at the status and at the first words of the reply",
	    .repeat = never },
	[ERR_SERVICE] = { .title = "refused by the service",
	    .meaning = "the service refused the call and gave a code",
	    .causes = { "the code tells: bantop explain CODE" },
	    .action = "look up the code",
	    .repeat = "some codes are, at most twice: see the code" },
	[ERR_DATA] = { .title = "reply not understood",
	    .meaning = "the reply is not what the service is known to send",
	    .causes = { "a proxy or login page answers in the service's place",
	        "--endpoint leads to something that is not the service",
	        "the service changed its format" },
	    .action = "look at the request log; what was loaded is kept",
	    .repeat = never },
	[ERR_PAGING] = { .title = "pages that are no list",
	    .meaning = "the pages do not follow each other as those of a list",
	    .causes = { "a fault of the service: it repeats itself or skips",
	        "a proxy answers from its memory",
	        "the list changed a lot while it was read" },
	    .action = "load again; what was loaded is kept, not complete",
	    .repeat = never },
	[ERR_LIMIT] = { .title = "more than is held",
	    .meaning = "a limit of bantop was reached, so that memory cannot "
	               "run full",
	    .causes = { "the list has more rows than --max-rows",
	        "a reply is larger than any of the service's",
	        "a text is longer than any the service gives" },
	    .action = "raise --max-rows, or go on with --offset",
	    .repeat = never },
	[ERR_CANCELLED] = { .title = "stopped",
	    .meaning = "the user stopped it; what was loaded is kept",
	    .causes = { "Esc or Ctrl-C was pressed", "a signal came" },
	    .action = "r goes on where it stopped",
	    .repeat = never },
};

static const struct status_range {
	int first;
	int last;
	struct error_fault fault;
} statuses[] = {
	{ 401, 403,
	    { .title = "not let through",
	        .meaning = "something on the way asks for rights that it was "
	                   "not shown",
	        .causes = { "a proxy or gateway does not let this address or "
	                    "user through",
	            "--endpoint leads to something that is not the service" },
	        .action = "ask who runs the network; the service never uses "
	                  "this status",
	        .repeat = never } },
	{ 404, 404,
	    { .title = "not found there",
	        .meaning = "the host does not know the service's path",
	        .causes = { "--endpoint leads to something that is not the "
	                    "service",
	            "a proxy changes the path of the request" },
	        .action = "check --endpoint and the configured host",
	        .repeat = never } },
	{ 407, 407,
	    { .title = "the proxy asks who you are",
	        .meaning = "the proxy wants a user and a password",
	        .causes = { "the configured proxy needs a user",
	            "the proxy is not the right one" },
	        .action = "correct the proxy in the configuration",
	        .repeat = never } },
	{ 408, 408,
	    { .title = "no request in time",
	        .meaning = "the other side waited too long for the request",
	        .causes = { "the line is slow or bad",
	            "a proxy is short of time" },
	        .action = "try again",
	        .repeat = passing } },
	{ 429, 429,
	    { .title = "too many calls",
	        .meaning = "something on the way limits the calls",
	        .causes = { "--rate or --parallel is set too high",
	            "others call through the same proxy" },
	        .action = "lower --rate; bantop waits as long as it is told",
	        .repeat = passing } },
	{ 300, 399,
	    { .title = "sent elsewhere",
	        .meaning = "a redirect: it is not followed, since it would "
	                   "carry the UserSig to another host",
	        .causes = { "a login page of the network stands in between",
	            "--endpoint leads to something that is not the service" },
	        .action = "log in to the network, or correct the host",
	        .repeat = never } },
	{ 500, 599,
	    { .title = "trouble at the other side",
	        .meaning = "a gateway or the service itself failed",
	        .causes = { "the service or its gateway is in trouble",
	            "a proxy does not reach the service" },
	        .action = "try later; see the service's status page",
	        .repeat = passing } },
};

const struct error_fault *
error_fault_of_kind(enum err_kind kind)
{
	return &kinds[kind];
}

const struct error_fault *
error_fault_of_status(int status)
{
	size_t i;

	for (i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		if (status >= statuses[i].first && status <= statuses[i].last)
			return &statuses[i].fault;
	}
	return &kinds[ERR_HTTP];
}
