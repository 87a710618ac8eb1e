/*
 * A Modbus server on libmodbus, to test the driver against somebody else's reading of the
 * protocol. Cells 0 to 1999 of each table; registers 50 and 51 are refused (illegal data address),
 * registers 60 to 69 are not written with function 6 (illegal function).
 *
 *   modbus_server PORT              Modbus TCP; 0 for any port; prints "listening PORT"
 *   modbus_server rtu TTY UNIT      RTU on a serial line; prints "listening UNIT"
 *
 * Commands on standard input, each answered by one line:
 *   hr ADDRESS | co ADDRESS            the cell's content
 *   set hr|ir|co|di ADDRESS VALUE      sets it
 * Floats are set and checked word by word: what libmodbus's own float functions call an order
 * changed between its versions.
 * It ends with its standard input.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#define CELLS 2000
#define BAD_FIRST 50
#define BAD_LAST 51

static modbus_mapping_t *map;

static void set_cell(const char *table, int at, int value) {
  if (!strcmp(table, "hr")) map->tab_registers[at] = (uint16_t) value;
  else if (!strcmp(table, "ir")) map->tab_input_registers[at] = (uint16_t) value;
  else if (!strcmp(table, "co")) map->tab_bits[at] = value != 0;
  else map->tab_input_bits[at] = value != 0;
}

static void command(const char *line) {
  char word[16];
  int at, value;
  if (sscanf(line, "hr %d", &at) == 1) printf("%d\n", map->tab_registers[at]);
  else if (sscanf(line, "co %d", &at) == 1) printf("%d\n", map->tab_bits[at]);
  else if (sscanf(line, "set %15s %d %d", word, &at, &value) == 3) {
    set_cell(word, at, value);
    printf("ok\n");
  } else printf("what?\n");
  fflush(stdout);
}

static int is_refused(const uint8_t *query, int header) {
  int function = query[header];
  int first = query[header + 1] << 8 | query[header + 2];
  int count = function == 3 || function == 16 ? query[header + 3] << 8 | query[header + 4] : 1;
  int registers = function == 3 || function == 6 || function == 16;
  return registers && first <= BAD_LAST && first + count > BAD_FIRST;
}

static int lacks_function(const uint8_t *query, int header) {
  int first = query[header + 1] << 8 | query[header + 2];
  return query[header] == 6 && first >= 60 && first < 70;
}

/* Returns 0 when the client has gone. */
static int serve(modbus_t *ctx, int client) {
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  modbus_set_socket(ctx, client);
  int length = modbus_receive(ctx, query);
  if (length < 0) return 0;
  if (length == 0) return 1;
  if (is_refused(query, modbus_get_header_length(ctx)))
    return modbus_reply_exception(ctx, query, MODBUS_EXCEPTION_ILLEGAL_DATA_ADDRESS) >= 0;
  if (lacks_function(query, modbus_get_header_length(ctx)))
    return modbus_reply_exception(ctx, query, MODBUS_EXCEPTION_ILLEGAL_FUNCTION) >= 0;
  return modbus_reply(ctx, query, length, map) >= 0;
}

/* One client that never goes: a serial line. */
static int serve_line(const char *tty, int unit) {
  modbus_t *ctx = modbus_new_rtu(tty, 19200, 'E', 8, 1);
  map = modbus_mapping_new(CELLS, CELLS, CELLS, CELLS);
  if (!map || modbus_set_slave(ctx, unit) < 0 || modbus_connect(ctx) < 0) {
    fprintf(stderr, "cannot serve %s: %s\n", tty, modbus_strerror(errno));
    return 1;
  }
  int line = modbus_get_socket(ctx);
  setvbuf(stdin, NULL, _IONBF, 0);
  printf("listening %d\n", unit);
  fflush(stdout);
  for (;;) {
    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(line, &ready);
    FD_SET(STDIN_FILENO, &ready);
    if (select(line + 1, &ready, NULL, NULL, NULL) < 0) return 1;
    if (FD_ISSET(STDIN_FILENO, &ready)) {
      char text[128];
      if (!fgets(text, sizeof text, stdin)) return 0;
      command(text);
    }
    if (FD_ISSET(line, &ready)) serve(ctx, line);
  }
}

int main(int argc, char **argv) {
  if (argc == 4) return serve_line(argv[2], atoi(argv[3]));
  modbus_t *ctx = modbus_new_tcp("127.0.0.1", argc > 1 ? atoi(argv[1]) : 0);
  map = modbus_mapping_new(CELLS, CELLS, CELLS, CELLS);
  int listener = modbus_tcp_listen(ctx, 4);
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  if (!map || listener < 0 || getsockname(listener, (struct sockaddr *) &address, &size) < 0) {
    fprintf(stderr, "cannot listen: %s\n", modbus_strerror(errno));
    return 1;
  }
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
    if (select(highest + 1, &ready, NULL, NULL, NULL) < 0) return 1;
    for (int fd = 0; fd <= highest; fd++) {
      if (!FD_ISSET(fd, &ready)) continue;
      if (fd == STDIN_FILENO) {
        char line[128];
        if (!fgets(line, sizeof line, stdin)) return 0;
        command(line);
      } else if (fd == listener) {
        int client = accept(listener, NULL, NULL);
        if (client >= 0) {
          FD_SET(client, &all);
          if (client > highest) highest = client;
        }
      } else if (!serve(ctx, fd)) {
        close(fd);
        FD_CLR(fd, &all);
      }
    }
  }
}
