#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake_clock.h"

/* A carrier that counts, and refuses when told to. */
struct cart {
	int opened;
	int sent;
	int stopped;
	int closed;
	bool no_handle;
	bool no_send;
	struct transfer *last;
};

static void *
cart_open(void *self, struct transfer *transfer)
{
	struct cart *cart = self;

	if (cart->no_handle)
		return NULL;
	cart->opened++;
	cart->last = transfer;
	return cart;
}

static bool
cart_send(void *self, void *handle, const struct transport_request *request)
{
	struct cart *cart = self;

	assert_ptr_equal(handle, cart);
	assert_non_null(request->url);
	if (cart->no_send)
		return false;
	cart->sent++;
	return true;
}

static void
cart_stop(void *self, void *handle)
{
	struct cart *cart = self;

	assert_ptr_equal(handle, cart);
	cart->stopped++;
}

static void
cart_close(void *self, void *handle)
{
	struct cart *cart = self;

	assert_ptr_equal(handle, cart);
	cart->closed++;
}

static const struct carrier_ops carrier = {
	.open = cart_open,
	.send = cart_send,
	.stop = cart_stop,
	.close = cart_close,
};

struct caller {
	int calls;
	struct err err;
	struct transport transport;
	uint64_t cancel; /* when called, if not 0 */
	bool again;      /* starts another when called */
};

struct rig {
	struct fake_clock clock;
	struct cart cart;
	struct transfers transfers;
	struct transport transport;
	struct caller caller;
};

static const struct transport_request request = {
	.url = "https://a.example/v4?usersig=s",
	.body = "{}",
	.body_len = 2,
	.connect_timeout_s = 5,
	.timeout_s = 15,
};

static void
called(const struct transport_reply *reply, void *user)
{
	struct caller *caller = user;

	caller->calls++;
	caller->err = reply->err;
	if (caller->cancel != 0)
		caller->transport.ops->cancel(caller->transport.self,
		    caller->cancel);
	if (caller->again) {
		caller->again = false;
		(void)caller->transport.ops->start(caller->transport.self,
		    &request, called, caller);
	}
}

static uint64_t
start(struct rig *rig)
{
	return rig->transport.ops->start(rig->transport.self, &request, called,
	    &rig->caller);
}

static void
cancel(struct rig *rig, uint64_t id)
{
	rig->transport.ops->cancel(rig->transport.self, id);
}

static void
finish_last(struct rig *rig)
{
	const struct http_outcome outcome = { .summary = "", .detail = "" };

	transfers_finish(&rig->transfers, rig->cart.last, &outcome);
}

static void
rig_init(struct rig *rig)
{
	memset(rig, 0, sizeof(*rig));
	fake_clock_init(&rig->clock, 1700000000);
	transfers_init(&rig->transfers, &carrier, &rig->cart,
	    &rig->clock.clock);
	rig->transport = transfers_transport(&rig->transfers);
	rig->caller.transport = rig->transport;
}

static void
a_handle_is_used_again(void **state)
{
	struct rig rig;
	uint64_t first, second;

	(void)state;
	rig_init(&rig);
	first = start(&rig);
	finish_last(&rig);
	second = start(&rig);
	assert_int_not_equal(first, 0);
	assert_int_not_equal(first, second);
	assert_int_equal(rig.cart.opened, 1);
	assert_int_equal(rig.cart.sent, 2);
	finish_last(&rig);
	assert_int_equal(rig.caller.calls, 2);
	assert_int_equal(rig.caller.err.kind, ERR_NONE);
	transfers_release(&rig.transfers);
	assert_int_equal(rig.cart.stopped, 2);
	assert_int_equal(rig.cart.closed, 1);
}

static void
a_cancelled_call_is_never_called_back(void **state)
{
	struct rig rig;
	uint64_t id;

	(void)state;
	rig_init(&rig);
	id = start(&rig);
	cancel(&rig, id + 1);
	assert_int_equal(rig.cart.stopped, 0);
	cancel(&rig, id);
	assert_int_equal(rig.cart.stopped, 1);
	cancel(&rig, id);
	transfers_finish_stillborn(&rig.transfers);
	transfers_release(&rig.transfers);
	assert_int_equal(rig.cart.stopped, 1);
	assert_int_equal(rig.caller.calls, 0);
}

static void
a_call_that_cannot_start_is_told_later(void **state)
{
	struct rig rig;

	(void)state;
	rig_init(&rig);
	rig.cart.no_send = true;
	(void)start(&rig);
	assert_int_equal(rig.caller.calls, 0);
	assert_true(transfers_has_stillborn(&rig.transfers));
	transfers_finish_stillborn(&rig.transfers);
	assert_int_equal(rig.caller.calls, 1);
	assert_int_equal(rig.caller.err.kind, ERR_NETWORK);
	assert_false(transfers_has_stillborn(&rig.transfers));
	transfers_release(&rig.transfers);
	assert_int_equal(rig.cart.stopped, 0);
	assert_int_equal(rig.cart.closed, 1);
}

static void
a_handle_that_could_not_be_made_is_tried_again(void **state)
{
	struct rig rig;

	(void)state;
	rig_init(&rig);
	rig.cart.no_handle = true;
	(void)start(&rig);
	transfers_finish_stillborn(&rig.transfers);
	assert_int_equal(rig.caller.calls, 1);
	rig.cart.no_handle = false;
	(void)start(&rig);
	assert_false(transfers_has_stillborn(&rig.transfers));
	assert_int_equal(rig.cart.sent, 1);
	transfers_release(&rig.transfers);
}

static void
plain_http_reaches_no_carrier(void **state)
{
	const struct transport_request plain = { .url = "http://a.example/" };
	struct rig rig;

	(void)state;
	rig_init(&rig);
	(void)rig.transport.ops->start(rig.transport.self, &plain, called,
	    &rig.caller);
	assert_int_equal(rig.cart.sent, 0);
	transfers_finish_stillborn(&rig.transfers);
	assert_int_equal(rig.caller.err.kind, ERR_NETWORK);
	transfers_release(&rig.transfers);
}

static void
a_callback_may_start_and_cancel(void **state)
{
	struct rig rig;
	struct transfer *first;

	(void)state;
	rig_init(&rig);
	(void)start(&rig);
	first = rig.cart.last;
	rig.caller.cancel = start(&rig);
	rig.caller.again = true;
	rig.cart.last = first;
	finish_last(&rig);
	assert_int_equal(rig.caller.calls, 1);
	assert_int_equal(rig.cart.sent, 3);
	assert_int_equal(rig.cart.stopped, 2);
	transfers_release(&rig.transfers);
	assert_int_equal(rig.cart.stopped, 3);
	assert_int_equal(rig.caller.calls, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_handle_is_used_again),
		cmocka_unit_test(a_cancelled_call_is_never_called_back),
		cmocka_unit_test(a_call_that_cannot_start_is_told_later),
		cmocka_unit_test(
		    a_handle_that_could_not_be_made_is_tried_again),
		cmocka_unit_test(plain_http_reaches_no_carrier),
		cmocka_unit_test(a_callback_may_start_and_cancel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
