/*
 * A Modbus TCP server on libmodbus for benchmarks: all 65,536 holding registers, a process of its own.
 * Even registers begin as 0x9000, odd ones as 0x4454: 850.25 as a float with the low word first.
 *
 *   modbus_bench_server [PORT]     0 or nothing for any; prints "listening PORT"
 *
 * Commands on standard input:
 *   writes ADDRESS                 prints "writes N", then N lines "VALUE NANOSECONDS": each write of a
 *                                  float (low word first) at ADDRESS that came, and when, by CLOCK_MONOTONIC
 *   watch ADDRESS                  from now on writes to ADDRESS are kept
 *   pulse ADDRESS COUNT MICROS     sets the register to 1, 2, ... COUNT, with MICROS between, half more or
 *                                  less; prints "pulses COUNT", then when each was, likewise
 *   cpu                            prints "cpu NANOSECONDS" of processor time used so far
 * It ends with its standard input.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#define CELLS 65536
#define MOST_WRITES 1000000

static modbus_mapping_t *map;
static int watched = -1;
static int writes;
static float values[MOST_WRITES];
static long long times[MOST_WRITES];

static int pulse_at = -1, pulse_count, pulse_done, pulse_micros;
static long long pulse_due;
static long long *pulse_times;

static long long now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void command(const char *line) {
  if (sscanf(line, "watch %d", &watched) == 1) {
    writes = 0;
  } else if (!strncmp(line, "writes", 6)) {
    printf("writes %d\n", writes);
    for (int i = 0; i < writes; i++) printf("%.0f %lld\n", values[i], times[i]);
  } else if (sscanf(line, "pulse %d %d %d", &pulse_at, &pulse_count, &pulse_micros) == 3) {
    pulse_times = realloc(pulse_times, pulse_count * sizeof *pulse_times);
    pulse_done = 0;
    pulse_due = now(CLOCK_MONOTONIC);
  } else if (!strncmp(line, "cpu", 3)) {
    printf("cpu %lld\n", now(CLOCK_PROCESS_CPUTIME_ID));
  }
  fflush(stdout);
}

static void pulse(void) {
  if (pulse_at < 0 || now(CLOCK_MONOTONIC) < pulse_due) return;
  pulse_times[pulse_done] = now(CLOCK_MONOTONIC);
  map->tab_registers[pulse_at] = ++pulse_done;
  pulse_due = now(CLOCK_MONOTONIC) + (pulse_micros / 2 + rand() % (pulse_micros + 1)) * 1000LL;
  if (pulse_done < pulse_count) return;
  pulse_at = -1;
  printf("pulses %d\n", pulse_done);
  for (int i = 0; i < pulse_done; i++) printf("%lld\n", pulse_times[i]);
  fflush(stdout);
}

static void keep(const uint8_t *query, int header) {
  int function = query[header], first = query[header + 1] << 8 | query[header + 2];
  if (function != 16 || first != watched || writes == MOST_WRITES) return;
  const uint8_t *data = query + header + 6;
  uint32_t bits = (uint32_t) data[2] << 24 | data[3] << 16 | data[0] << 8 | data[1];
  memcpy(&values[writes], &bits, sizeof bits);
  times[writes++] = now(CLOCK_MONOTONIC);
}

static int serve(modbus_t *ctx, int client) {
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  modbus_set_socket(ctx, client);
  int length = modbus_receive(ctx, query);
  if (length < 0) return 0;
  if (length == 0) return 1;
  keep(query, modbus_get_header_length(ctx));
  return modbus_reply(ctx, query, length, map) >= 0;
}

int main(int argc, char **argv) {
  modbus_t *ctx = modbus_new_tcp("127.0.0.1", argc > 1 ? atoi(argv[1]) : 0);
  map = modbus_mapping_new(0, 0, CELLS, 0);
  int listener = modbus_tcp_listen(ctx, 32);
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  if (!map || listener < 0 || getsockname(listener, (struct sockaddr *) &address, &size) < 0) {
    fprintf(stderr, "cannot listen: %s\n", modbus_strerror(errno));
    return 1;
  }
  for (int i = 0; i < CELLS; i++) map->tab_registers[i] = i % 2 ? 0x4454 : 0x9000;
  setvbuf(stdin, NULL, _IONBF, 0);
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);

  fd_set all;
  FD_ZERO(&all);
  FD_SET(listener, &all);
  FD_SET(STDIN_FILENO, &all);
  int highest = listener;
  for (;;) {
    fd_set ready = all;
    struct timeval soon = {0, 100}, *wait = pulse_at < 0 ? NULL : &soon;
    if (select(highest + 1, &ready, NULL, NULL, wait) < 0) return 1;
    pulse();
    for (int fd = 0; fd <= highest; fd++) {
      if (!FD_ISSET(fd, &ready)) continue;
      if (fd == STDIN_FILENO) {
        char line[128];
        if (!fgets(line, sizeof line, stdin)) return 0;
        command(line);
      } else if (fd == listener) {
        int client = accept(listener, NULL, NULL), on = 1;
        if (client < 0) continue;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        FD_SET(client, &all);
        if (client > highest) highest = client;
      } else if (!serve(ctx, fd)) {
        close(fd);
        FD_CLR(fd, &all);
      }
    }
  }
}
