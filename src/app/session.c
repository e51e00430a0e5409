/*
 * Credential, network, client and output by the settings. The secret passes
 * through here once and is wiped; the credential keeps its own copy.
 */
#include "bantop/app/session.h"

#include "bantop/app/sandbox.h"
#include "bantop/app/secret.h"
#include "bantop/base/random.h"

/* Where a command gives the secret the rights are given up behind it. */
static bool
enter_sandbox(const struct settings *settings, struct err *err)
{
	const struct sandbox_request request = {
		.no_commands = true,
		.no_files = settings->restricted,
	};

	if (settings->secret.key_command == NULL &&
	    settings->secret.usersig_command == NULL)
		return true;
	return sandbox_enter(&request, err);
}

struct credential *
session_open_credential(const struct settings *settings,
    const struct clock *clock, struct err *err)
{
	struct credential *credential = NULL;
	struct buf secret;
	bool is_usersig = false;

	buf_init(&secret, SETTINGS_SECRET_MAX);
	if (!secret_read(&settings->secret, &secret, &is_usersig, err))
		goto done;
	if (!enter_sandbox(settings, err))
		goto done;
	if (is_usersig)
		credential = credential_create_usersig(settings->app_id,
		    settings->admin, buf_text(&secret), secret.len,
		    clock_wall_s(clock), err);
	else
		credential = credential_create_key(settings->app_id,
		    settings->admin, buf_text(&secret), secret.len, err);
done:
	buf_wipe(&secret);
	return credential;
}

struct http *
session_open_http(const struct settings *settings, const struct clock *clock,
    struct err *err)
{
	const struct http_config config = {
		.clock = clock,
		.cacert = settings->cacert,
		.proxy = settings->proxy,
		.connections_max = settings->parallel,
	};

	return http_create(&config, err);
}

struct client *
session_open_client(const struct settings *settings, const struct clock *clock,
    const struct transport *transport, struct credential *credential,
    const struct region *region, client_observe_fn observe, void *user)
{
	const struct client_config config = {
		.transport = transport,
		.clock = clock,
		.credential = credential,
		.region = *region,
		.rate = settings->rate,
		.connect_timeout_s = settings->connect_timeout_s,
		.timeout_s = settings->timeout_s,
		.seed = random_u64(),
		.observe = observe,
		.observe_user = user,
	};

	return client_create(&config);
}

struct output *
session_open_output(const struct settings *settings, int signals_fd,
    struct err *err)
{
	if (settings->output == NULL)
		return output_open_stdout(signals_fd);
	return output_open_file(settings->output, settings->force, err);
}
