# bantop: the whole build, in one file that is not recursive.
#
#   make help     what can be asked for
#   make V=1      shows the commands
#
# The packager's words are CC, CPPFLAGS, CFLAGS, LDFLAGS, LDLIBS, PREFIX and
# DESTDIR; nothing below needs any of them to be set, and what the sources need
# stands in variables of its own. Compiler and pkg-config are asked when a recipe
# runs and not before, so that `make deps demo` works in one go where neither
# was there when make began.

VERSION = 0.1.0

BUILD = release
ANALYZER = gcc
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share
MANDIR = $(DATADIR)/man
DOCDIR = $(DATADIR)/doc/bantop
PKG_CONFIG = pkg-config
INSTALL = install
WERROR =
V =

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL = all

ifeq ($(filter $(BUILD),release asan cov fuzz),)
$(error BUILD=$(BUILD) is unknown: release, asan, cov or fuzz)
endif
ifeq ($(BUILD)-$(origin CC),fuzz-default)
CC = clang
endif

B = build/$(BUILD)
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$(2)')
quote = '$(subst ','\'',$(1))'
# once,NAME,TEXT: NAME is TEXT, worked out when it is first wanted, then kept.
once = $(eval $(1) := $(2))$($(1))

# -- the rooms -----------------------------------------------------------------

ROOMS = base model api net view term app
SRC := $(filter-out src/app/main.c,$(wildcard $(ROOMS:%=src/%/*.c)))
SIM_SRC := $(filter-out src/sim/main.c,$(wildcard src/sim/*.c))
UNIT_SRC := $(wildcard tests/unit/*/*_test.c)
E2E_SRC := $(wildcard tests/e2e/*_test.c)
SUPPORT_SRC := $(wildcard tests/support/*.c)
E2E_SUPPORT_SRC := $(wildcard tests/e2e/support/*.c)
FUZZ_SRC := $(wildcard tests/fuzz/*_fuzz.c)
FUZZ_SHARED_SRC = tests/fuzz/fuzz.c tests/fuzz/replay.c
FUZZ_UI_SRC = tests/fuzz/ui_checks.c tests/fuzz/ui_service.c
SOAK_SRC := $(wildcard tests/soak/*.c)
SANITIZER_SRC = tests/sanitizer/options.c
SHOTS_SRC := $(wildcard tests/screenshots/*.c)
TORTURE_SRC := $(wildcard tests/torture/*.c)
SHIM_SRC := $(wildcard tests/torture/shim/*.c)
MAIN_SRC := $(wildcard src/app/main.c src/sim/main.c)

objects = $(patsubst %.c,$(B)/obj/%.o,$(1))
ALL_SRC = $(SRC) $(SIM_SRC) $(MAIN_SRC)
ALL_TEST_SRC = $(UNIT_SRC) $(E2E_SRC) $(SUPPORT_SRC) $(E2E_SUPPORT_SRC) \
	$(FUZZ_SRC) $(FUZZ_SHARED_SRC) $(FUZZ_UI_SRC) $(SOAK_SRC) \
	$(SHOTS_SRC) $(TORTURE_SRC) $(SANITIZER_SRC)

PROGRAMS = $(B)/bantop $(B)/bantop-sim
LIB = $(B)/libbantop.a
SIM_LIB = $(B)/libbantop-sim.a
SUPPORT_LIB = $(B)/libsupport.a
E2E_SUPPORT_LIB = $(B)/libsupport-e2e.a
UNIT_TESTS = $(UNIT_SRC:%.c=$(B)/%)
E2E_TESTS = $(E2E_SRC:%.c=$(B)/%)
FUZZ_TESTS = $(FUZZ_SRC:%.c=$(B)/%)
SOAK_DAY = $(B)/tests/soak/day_test
SOAK_CEILING = $(B)/tests/soak/ceiling_test
SOAK_TESTS = $(SOAK_DAY) $(SOAK_CEILING)
SHOTS = $(B)/tests/screenshots/screenshots
GENERATED = $(patsubst src/api/%.awk,$(B)/gen/%_table.h,$(wildcard \
	src/api/error_codes.awk))

# -- flags ---------------------------------------------------------------------

PACKAGES = ncursesw libcurl libcjson libssl libcrypto zlib libconfuse \
	libutf8proc
SIM_PACKAGES = libmicrohttpd libcjson libcrypto zlib libutf8proc
TEST_PACKAGES = cmocka vterm

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
	-Wformat=2 -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual \
	-Wwrite-strings -Wundef -Wpointer-arith -Wnull-dereference \
	$(if $(WERROR),-Werror)

# The packager may harden in another way, or not optimise at all.
FORTIFY = $(if $(findstring _FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS))$(filter \
	-O0,$(CFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
takes = $(shell echo 'int main(void) { return 0; }' | \
	$(CC) -Werror $(1) -x c - -o /dev/null 2>/dev/null && echo '$(1)')
CLASH = $(call once,CLASH,$$(call takes,-fstack-clash-protection))
RELRO = $(call once,RELRO,$$(call \
	takes,-Wl$$(comma)-z$$(comma)relro$$(comma)-z$$(comma)now) $$(call \
	takes,-Wl$$(comma)-z$$(comma)noexecstack) $$(call \
	takes,-Wl$$(comma)--as-needed))
comma = ,
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all

KIND_release = -O2 -g $(FORTIFY) -fstack-protector-strong $(CLASH) -fPIE
KIND_asan = -O1 -g $(SANITIZE) -fno-omit-frame-pointer
KIND_cov = -O0 -g --coverage
KIND_fuzz = -O1 -g -fsanitize=fuzzer-no-link $(SANITIZE)
LINK_release = -pie $(RELRO)
LINK_asan = $(SANITIZE)
LINK_cov = --coverage
LINK_fuzz = $(SANITIZE)

# ncursesw asks for an older X/Open than ours; library headers are not ours
# to warn about.
package_flags = $(patsubst -I%,-isystem %,$(filter-out -D_XOPEN_SOURCE=% \
	-D_DEFAULT_SOURCE,$(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null)))
package_libs = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null) -lm
PACKAGE_FLAGS = $(call once,PACKAGE_FLAGS,$$(call \
	package_flags,$$(PACKAGES) $$(SIM_PACKAGES)))
LIBS = $(call once,LIBS,$$(call package_libs,$$(PACKAGES)))
SIM_LIBS = $(call once,SIM_LIBS,$$(call package_libs,$$(SIM_PACKAGES)))
TEST_FLAGS = $(call once,TEST_FLAGS,$$(call package_flags,$$(TEST_PACKAGES)))
TEST_LIBS = $(call once,TEST_LIBS,$$(call package_libs,$$(TEST_PACKAGES)))

OWN_CPPFLAGS = -std=c17 -D_XOPEN_SOURCE=700 -Iinclude -Isrc -I$(B)/gen
OWN_FLAGS = $(OWN_CPPFLAGS) $(PACKAGE_FLAGS) $(WARNINGS) $(KIND_$(BUILD)) \
	-pthread
TEST_DIRS = -Itests -Itests/support
LINK_FLAGS = $(KIND_$(BUILD)) $(LINK_$(BUILD)) $(CFLAGS) $(LDFLAGS) -pthread
LINK = $(CC) $(LINK_FLAGS) -o $@

# What only the files that speak of it are told.
TOLD := $(shell grep -lE 'BANTOP_(VERSION|DATADIR)' $(ALL_SRC) 2>/dev/null)
TOLD_FLAGS = -DBANTOP_VERSION='"$(VERSION)"' \
	-DBANTOP_DATADIR='"$(DATADIR)/bantop"'

# -- programs ------------------------------------------------------------------

.PHONY: all
all: $(PROGRAMS) ## build bantop and bantop-sim into build/release (the default)

# Whatever installs packages comes before whatever uses them, also with -j.
FIRST = $(filter deps deps-test deps-lint,$(MAKECMDGOALS))

.PHONY: FORCE
FORCE:

# A stamp holds what a step was told; it is renewed only when that has changed.
stamp = @mkdir -p $(@D); printf '%s\n' $(call quote,$(1)) >$@.$$$$; \
	if cmp -s $@.$$$$ $@; then rm -f $@.$$$$; else mv -f $@.$$$$ $@; fi

$(B)/flags.stamp: FORCE | $(FIRST)
	@contrib/need.sh deps '$(CC)' '$(PKG_CONFIG)' $(PACKAGES) $(SIM_PACKAGES)
	$(call stamp,$(shell $(CC) --version 2>&1 | head -n 1) $(OWN_FLAGS) $(CPPFLAGS) \
	$(LINK_FLAGS) $(LIBS) $(SIM_LIBS) $(LDLIBS))

$(B)/test-flags.stamp: FORCE | $(FIRST)
	@contrib/need.sh deps-test '$(CC)' '$(PKG_CONFIG)' $(TEST_PACKAGES)
	$(call stamp,$(TEST_FLAGS) $(TEST_LIBS))

$(B)/told.stamp: FORCE | $(FIRST)
	$(call stamp,$(TOLD_FLAGS))

$(LIB).stamp: MEMBERS = $(SRC)
$(SIM_LIB).stamp: MEMBERS = $(SIM_SRC)
$(SUPPORT_LIB).stamp: MEMBERS = $(SUPPORT_SRC)
$(E2E_SUPPORT_LIB).stamp: MEMBERS = $(E2E_SUPPORT_SRC)
$(B)/%.a.stamp: FORCE | $(FIRST)
	$(call stamp,$(MEMBERS))

$(LIB): $(call objects,$(SRC))
$(SIM_LIB): $(call objects,$(SIM_SRC))
$(SUPPORT_LIB): $(call objects,$(SUPPORT_SRC))
$(E2E_SUPPORT_LIB): $(call objects,$(E2E_SUPPORT_SRC))
# Appended and not replaced: two rooms may have a source of the same name.
$(LIB) $(SIM_LIB) $(SUPPORT_LIB) $(E2E_SUPPORT_LIB): %.a: %.a.stamp
	$(call say,AR,$@)
	$(Q)rm -f $@.new && $(AR) qcs $@.new $(filter %.o,$^) && mv -f $@.new $@

$(B)/obj/%.o: %.c $(B)/flags.stamp | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(OWN_FLAGS) $(EXTRA) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(call objects,$(TOLD)): EXTRA = $(TOLD_FLAGS)
$(call objects,$(TOLD)): $(B)/told.stamp
$(ALL_TEST_SRC:%.c=$(B)/tidy/%.ok): EXTRA = $(TEST_DIRS) $(TEST_FLAGS)
$(TOLD:%.c=$(B)/tidy/%.ok): EXTRA = $(TOLD_FLAGS)
$(TOLD:%.c=$(B)/analyzed/%.ok): EXTRA = $(TOLD_FLAGS)
$(call objects,$(ALL_TEST_SRC)): EXTRA = $(TEST_DIRS) $(TEST_FLAGS)
$(call objects,$(ALL_TEST_SRC)): $(B)/test-flags.stamp

$(B)/gen/%_table.h: src/api/%.awk src/api/%.tsv | $(FIRST)
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $< src/api/$*.tsv >$@.new && mv -f $@.new $@

# What they are told stands in the programs: see there.
SANITIZED = $(if $(filter asan,$(BUILD)),$(call objects,$(SANITIZER_SRC)))

$(B)/bantop: $(call objects,src/app/main.c) $(SANITIZED) $(LIB)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(filter %.o %.a,$^) $(LIBS) $(LDLIBS)

$(B)/bantop-sim: $(call objects,src/sim/main.c) $(SANITIZED) $(SIM_LIB) $(LIB)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(filter %.o %.a,$^) $(SIM_LIBS) $(LDLIBS)

# One has the program in itself, the other in a terminal of the stories'.
$(SOAK_DAY): $(call objects,$(filter-out %/ceiling_test.c,$(SOAK_SRC)))
$(SOAK_CEILING): $(call objects,tests/soak/process_size.c)

$(UNIT_TESTS) $(SOAK_DAY): $(B)/%: $(B)/obj/%.o $(SUPPORT_LIB) $(SIM_LIB) $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(filter %.o,$^) $(filter %.a,$^) $(TEST_LIBS) $(LIBS) \
	$(SIM_LIBS) $(LDLIBS)

# Of the simulator they take the certificates alone.
$(E2E_TESTS) $(SOAK_CEILING): $(B)/%: $(B)/obj/%.o $(E2E_SUPPORT_LIB) \
	$(SUPPORT_LIB) $(SIM_LIB) $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(filter %.o,$^) $(filter %.a,$^) $(TEST_LIBS) $(LIBS) -lutil \
	$(LDLIBS)

$(SHOTS): $(call objects,$(SHOTS_SRC)) $(E2E_SUPPORT_LIB) $(SUPPORT_LIB) $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(filter %.o %.a,$^) $(TEST_LIBS) $(LIBS) -lutil $(LDLIBS)

TORTURE = $(B)/tests/torture
$(TORTURE)/torture: $(call objects,$(TORTURE_SRC)) $(E2E_SUPPORT_LIB) \
	$(SUPPORT_LIB) $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(filter %.o %.a,$^) $(TEST_LIBS) $(LIBS) -lutil $(LDLIBS)

# It stands in the way of the program's calls, so it is built without ours.
$(TORTURE)/shim.so: $(SHIM_SRC) tests/torture/shim/shim.h \
	tests/torture/page.h $(B)/flags.stamp
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(OWN_CPPFLAGS) -Itests $(WARNINGS) -O2 -fPIC -shared -o $@ \
	$(SHIM_SRC)

# A fuzz target is driven by libFuzzer, or over its corpus by replay.c.
FUZZ_DRIVER = $(if $(filter fuzz,$(BUILD)),fuzz,fuzz replay)
$(B)/tests/fuzz/ui_fuzz: $(call objects,$(FUZZ_UI_SRC))
$(FUZZ_TESTS): $(B)/%: $(B)/obj/%.o $(SUPPORT_LIB) $(LIB) \
	$(FUZZ_DRIVER:%=$(B)/obj/tests/fuzz/%.o)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(if $(filter fuzz,$(BUILD)),-fsanitize=fuzzer) \
	$(filter %.o,$^) $(SUPPORT_LIB) $(LIB) $(TEST_LIBS) $(LIBS) $(LDLIBS)

-include $(patsubst %.o,%.d,$(call objects,$(ALL_SRC) $(ALL_TEST_SRC)))

# -- running -------------------------------------------------------------------

.PHONY: demo
demo: $(PROGRAMS) ## open bantop on the bundled simulator
	@if [ -t 1 ]; then exec $(B)/bantop --demo; \
	else exec $(B)/bantop list --demo; fi

.PHONY: deps deps-test deps-lint
deps: ## install what building needs
	@sh contrib/deps.sh build
deps-test: deps ## install what the tests need
	@sh contrib/deps.sh test
deps-lint: deps-test ## install what lint needs
	@sh contrib/deps.sh lint

# -- tests ---------------------------------------------------------------------

.PHONY: check test test-unit test-e2e
check: $(PROGRAMS) $(UNIT_TESTS) $(FUZZ_TESTS) $(SOAK_TESTS) $(E2E_TESTS)
check: ## run every test
	@tests/run.sh $(UNIT_TESTS) $(FUZZ_TESTS) $(SOAK_TESTS) $(E2E_TESTS)
test: check ## the same
test-unit: $(UNIT_TESTS) ## run the unit tests alone
	@tests/run.sh $(UNIT_TESTS)
test-e2e: $(PROGRAMS) $(E2E_TESTS) ## run the end-to-end tests alone
	@tests/run.sh $(E2E_TESTS)

.PHONY: kills
kills: $(PROGRAMS) $(B)/tests/e2e/kills_test ## kill it N=1000 times: no file is torn
	@BANTOP_KILLS=$(or $(N),1000) LIMIT=1800 tests/run.sh \
	$(B)/tests/e2e/kills_test

# In every test run the day has half an hour, and the floods are three.
.PHONY: soak
soak: $(PROGRAMS) $(SOAK_TESTS) ## a day of the program, and its memory
	@for test in $(SOAK_TESTS); do BANTOP_SOAK=full $$test || exit 1; done

# Every point, and a share of them with the leak check; the sample is fixed.
TORTURE_NEEDS = $(PROGRAMS) $(TORTURE)/torture $(TORTURE)/shim.so
.PHONY: torture torture-sample torture-asan
torture: $(TORTURE_NEEDS) torture-asan ## fail each call once, ONLY=SCENARIO:CALL:N
	@ASAN=build/asan tests/torture/torture.sh $(B) $(if $(EVERY),-e)
torture-sample: $(TORTURE_NEEDS) torture-asan ## the same for a fixed sample
	@ASAN=build/asan SHARE=8 tests/torture/torture.sh $(B) -n 3
torture-asan:
	@+$(MAKE) --no-print-directory BUILD=asan all

.PHONY: screenshots
screenshots: $(PROGRAMS) $(SHOTS) ## take the pictures of the documents anew
	@BANTOP_TEST_BUILD=$(B) $(SHOTS)

.PHONY: fuzz fuzz-run
fuzz: ## look for inputs that break a parser, TIME=20 seconds for each
	@+$(MAKE) --no-print-directory BUILD=fuzz fuzz-run
fuzz-run: $(FUZZ_TESTS)
	@tests/fuzz/run.sh '$(or $(TIME),20)' $^

# The simulator is too slow under it for each story, and is under it in one. A
# program that starts itself again, as in restricted_test, would start valgrind.
VALGRIND_SIM = choose_test
VALGRIND_STORIES = browse check choose doctor groups keys_bans keys_output list
VALGRIND_TESTS = $(UNIT_TESTS) $(VALGRIND_STORIES:%=$(B)/tests/e2e/%_test)
.PHONY: valgrind
valgrind: $(PROGRAMS) $(VALGRIND_TESTS) ## run units and main stories under it
	@SIM=$(VALGRIND_SIM) LIMIT=600 WITH=tests/valgrind.sh tests/run.sh \
	$(VALGRIND_TESTS)

.PHONY: asan coverage
asan: ## run every test under the address and undefined sanitizers
	@+$(MAKE) --no-print-directory BUILD=asan check
coverage: ## run every test and say what of src/ they did not reach
	@find build/cov -name '*.gcda' -delete 2>/dev/null || true
	@+$(MAKE) --no-print-directory BUILD=cov check
	@tests/coverage.sh build/cov/obj

# -- benches -------------------------------------------------------------------

# docs/performance.md says what the figures mean.
BENCH_SRC := $(wildcard tests/bench/*.c)
BENCH = $(B)/tests/bench
BENCH_SHARED = $(call objects,tests/bench/stage.c)
BENCHES = $(addprefix $(BENCH)/,frames keys compare model url far ending \
	client_sequential)
$(call objects,$(BENCH_SRC)): EXTRA = -Itests

$(BENCHES): $(B)/%: $(B)/obj/%.o $(BENCH_SHARED) $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(LINK) $(filter %.o %.a,$^) $(LIBS) $(LDLIBS)

# It stands in the way of the program's calls, so it is built without ours.
$(BENCH)/shim.so: tests/bench/shim.c tests/bench/counts.h $(B)/flags.stamp
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(OWN_CPPFLAGS) -Itests $(WARNINGS) -O2 -fPIC -shared -o $@ $<

-include $(patsubst %.o,%.d,$(call objects,$(BENCH_SRC)))

.PHONY: bench bench-counts bench-accept latency
bench: $(PROGRAMS) $(BENCHES) $(BENCH)/shim.so ## measure; takes some minutes
	@tests/bench/bench.sh $(B)
latency: $(PROGRAMS) $(B)/tests/e2e/answer_test ## key to screen, in each fault
	@BANTOP_LATENCY=200 $(B)/tests/e2e/answer_test
bench-counts: $(PROGRAMS) $(BENCHES) $(BENCH)/shim.so ## no count has risen
	@tests/bench/counts.sh $(B)
bench-accept: $(PROGRAMS) $(BENCHES) $(BENCH)/shim.so ## take today's counts
	@tests/bench/counts.sh $(B) accept

# -- lint ----------------------------------------------------------------------

# Each of these has one script and one subject.
LINTS = check-layers check-headers check-format check-length check-words \
	check-scripts check-state check-cppcheck check-analyzer check-tidy
.PHONY: lint $(LINTS)
lint: ## run every check of the source below
	@+$(MAKE) --no-print-directory -k -Otarget $(if $(findstring \
	jobserver,$(MAKEFLAGS)),,-j 2) $(LINTS)
	@echo 'lint: $(words $(LINTS)) checks, nothing found'
check-layers: | $(FIRST) ## who includes whom: rooms, doors, rings
	$(Q)tests/lint/layers.sh
check-headers: $(B)/flags.stamp $(B)/test-flags.stamp $(GENERATED)
check-headers: ## each header compiles by itself
	$(Q)tests/lint/headers.sh $(CC) $(OWN_FLAGS) $(TEST_DIRS) $(TEST_FLAGS) \
	$(CPPFLAGS) $(CFLAGS) -Werror
check-format: | $(FIRST) ## every source looks as .clang-format has it
	$(Q)tests/lint/format.sh
check-length: | $(FIRST) ## files, functions and lines are short
	$(Q)tests/lint/length.sh
check-words: | $(FIRST) ## no banned call, nothing unfinished
	$(Q)tests/lint/words.sh
check-scripts: | $(FIRST) ## shellcheck
	$(Q)tests/lint/scripts.sh
check-state: $(call objects,$(SRC) $(SIM_SRC) $(MAIN_SRC))
check-state: ## no writable file-scope variable
	$(Q)tests/lint/state.sh $^
check-cppcheck: | $(FIRST) ## cppcheck
	$(Q)cppcheck --quiet --std=c11 --error-exitcode=1 -j 2 --inline-suppr \
	--enable=warning,performance,portability \
	--suppressions-list=tests/lint/cppcheck.txt \
	-D_XOPEN_SOURCE=700 -Iinclude src
check-analyzer: $(patsubst %.c,$(B)/analyzed/%.ok,$(ALL_SRC))
check-analyzer: ## gcc -fanalyzer, only of what has changed since
check-tidy: $(patsubst %.c,$(B)/tidy/%.ok,$(ALL_SRC) $(ALL_TEST_SRC))
check-tidy: ## clang-tidy, only of what has changed since

# The object stands for the headers: it is renewed when one of them changes.
$(B)/analyzed/%.ok: $(B)/obj/%.o
	@mkdir -p $(@D)
	$(call say,CHECK,$*.c)
	$(Q)$(ANALYZER) $(OWN_FLAGS) $(EXTRA) $(CPPFLAGS) $(CFLAGS) -fanalyzer \
	-Werror -c $*.c -o /dev/null
	@touch $@

$(B)/tidy/%.ok: $(B)/obj/%.o .clang-tidy
	@mkdir -p $(@D)
	$(call say,TIDY,$*.c)
	$(Q)clang-tidy --quiet $*.c -- $(OWN_CPPFLAGS) $(EXTRA) $(PACKAGE_FLAGS) \
	$(CPPFLAGS) 2>$@.log || { cat $@.log; exit 1; }
	@touch $@

# -- installing ----------------------------------------------------------------

.PHONY: install uninstall
MAN := $(wildcard docs/*.1 docs/*.5)
THEMES := $(wildcard themes/*.theme)
# Each shell looks in a folder, and for a name, of its own.
COMPLETIONS = contrib/completions
BASH_DIR = $(DATADIR)/bash-completion/completions
ZSH_DIR = $(DATADIR)/zsh/site-functions
FISH_DIR = $(DATADIR)/fish/vendor_completions.d
D = $(DESTDIR)
put = $(INSTALL) -d '$(D)$(2)' && $(INSTALL) -m $(3) $(1) '$(D)$(2)'

install: $(PROGRAMS) ## install under PREFIX (/usr/local), below DESTDIR
	$(call put,$(PROGRAMS),$(BINDIR),755)
	$(foreach m,$(MAN),$(call put,$m,$(MANDIR)/man$(subst .,,$(suffix \
	$m)),644) &&) true
	$(if $(THEMES),$(call put,$(THEMES),$(DATADIR)/bantop/themes,644))
	$(call put,LICENSE README.md,$(DOCDIR),644)
	$(call put,$(COMPLETIONS)/bantop.bash,$(BASH_DIR),644)
	mv -f '$(D)$(BASH_DIR)/bantop.bash' '$(D)$(BASH_DIR)/bantop'
	$(call put,$(COMPLETIONS)/_bantop,$(ZSH_DIR),644)
	$(call put,$(COMPLETIONS)/bantop.fish,$(FISH_DIR),644)

uninstall: ## remove what install put there
	rm -f $(PROGRAMS:$(B)/%='$(D)$(BINDIR)/%')
	rm -f $(foreach m,$(MAN),'$(D)$(MANDIR)/man$(subst .,,$(suffix \
	$m))/$(notdir $m)')
	rm -f $(THEMES:%='$(D)$(DATADIR)/bantop/%')
	rm -f '$(D)$(DOCDIR)/LICENSE' '$(D)$(DOCDIR)/README.md'
	rm -f '$(D)$(BASH_DIR)/bantop' '$(D)$(ZSH_DIR)/_bantop' \
	'$(D)$(FISH_DIR)/bantop.fish'
	for d in '$(DATADIR)/bantop/themes' '$(DATADIR)/bantop' '$(DOCDIR)'; do \
	if [ -d "$(D)$$d" ]; then rmdir "$(D)$$d"; fi; done

# -- shipping ------------------------------------------------------------------

.PHONY: dist deb
DIST = bantop-$(VERSION)
# Of the commit and not of the tree: owner, order and times are git's.
dist: ## write build/bantop-VERSION.tar.gz of the commit, the same every time
	@mkdir -p build
	$(call say,DIST,build/$(DIST).tar.gz)
	$(Q)git -c tar.umask=0022 archive --format=tar --prefix=$(DIST)/ \
	-o build/$(DIST).tar HEAD
	$(Q)gzip -9nf build/$(DIST).tar
	@cd build && { sha256sum $(DIST).tar.gz || shasum -a 256 $(DIST).tar.gz; } \
	2>/dev/null

# What was told to this make is not for the package's own.
deb: dist ## build/deb/*.deb of the commit, with dpkg-buildpackage
	$(Q)rm -rf build/deb && mkdir -p build/deb
	$(Q)tar -xzf build/$(DIST).tar.gz -C build/deb
	$(Q)cp -R build/deb/$(DIST)/contrib/debian build/deb/$(DIST)/debian
	$(Q)cd build/deb/$(DIST) && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL \
	dpkg-buildpackage -us -uc -b
	$(Q)if command -v lintian >/dev/null; then cd build/deb && \
	lintian --allow-root --fail-on error,warning *.changes; fi
	@ls build/deb/*.deb

# -- the rest ------------------------------------------------------------------

.PHONY: clean help
clean: ## remove everything that was built
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / \
	{ printf "  make %-15s %s\n", $$1, $$2 }' Makefile
