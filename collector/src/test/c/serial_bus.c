/*
 * A serial bus of pseudo-terminals: the first end is the master's; a frame from it goes to the end of
 * the unit it names, and what units say goes to the master. (libmodbus's RTU server takes the frame
 * after a request to another unit for that unit's answer, and so would miss the request after one
 * that a dead unit left unanswered; hence no unit hears what is not for it.)
 *
 *   serial_bus ENDS      2 or more; prints the name of each end on a line; end n is for unit n
 *
 * It ends with its standard input.
 */
#define _XOPEN_SOURCE 600
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#define MOST 16

static int open_end(void) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) return -1;
  int slave = open(ptsname(master), O_RDWR | O_NOCTTY); /* stays open: no hang-up in between */
  struct termios raw;
  if (slave < 0 || tcgetattr(slave, &raw) < 0) return -1;
  raw.c_iflag = raw.c_oflag = raw.c_lflag = 0;
  raw.c_cflag |= CS8 | CREAD | CLOCAL;
  if (tcsetattr(slave, TCSANOW, &raw) < 0) return -1;
  printf("%s\n", ptsname(master));
  return master;
}

static ssize_t request_length(const unsigned char *frame, ssize_t most) {
  int function = most > 1 ? frame[1] : 0;
  ssize_t length = function == 22 ? 10 : (function == 15 || function == 16) && most > 6 ? 9 + frame[6] : 8;
  return length < most ? length : most;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 0, ends[MOST];
  if (count < 2 || count > MOST) return 2;
  for (int i = 0; i < count; i++)
    if ((ends[i] = open_end()) < 0) return 1;
  fflush(stdout);
  for (;;) {
    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(STDIN_FILENO, &ready);
    int highest = 0;
    for (int i = 0; i < count; i++) {
      FD_SET(ends[i], &ready);
      if (ends[i] > highest) highest = ends[i];
    }
    if (select(highest + 1, &ready, NULL, NULL, NULL) < 0) return 1;
    char bytes[512];
    if (FD_ISSET(STDIN_FILENO, &ready) && read(STDIN_FILENO, bytes, sizeof bytes) <= 0) return 0;
    for (int i = 0; i < count; i++) {
      if (!FD_ISSET(ends[i], &ready)) continue;
      ssize_t length = read(ends[i], bytes, sizeof bytes);
      if (length <= 0) return 1;
      if (i > 0 && write(ends[0], bytes, length) < 0) return 1;
      for (ssize_t at = 0; i == 0 && at < length;) { /* perhaps the next request behind one that nobody answered */
        ssize_t frame = request_length((unsigned char *) bytes + at, length - at);
        int to = (unsigned char) bytes[at];
        if (to > 0 && to < count && write(ends[to], bytes + at, frame) < 0) return 1;
        at += frame;
      }
    }
  }
}
