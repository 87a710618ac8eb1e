package io.deungdae.kamp.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

  @TempDir Path folder;

  @Test
  void ofOnePieceTheEtagIsTheMd5() throws IOException {
    Fingerprint print = Fingerprint.of(file("abc"), 5);
    assertEquals("900150983cd24fb0d6963f7d28e17f72", print.etag()); // RFC 1321 A.5
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", // FIPS 180-2 B.1
        print.sha256());
    assertEquals(3, print.bytes());
  }

  @Test
  void aFileOfExactlyOnePartIsOnePiece() throws IOException {
    assertEquals("900150983cd24fb0d6963f7d28e17f72", Fingerprint.of(file("abc"), 3).etag());
  }

  @Test
  void anEmptyFileHasTheMd5OfNothing() throws IOException {
    assertEquals("d41d8cd98f00b204e9800998ecf8427e", Fingerprint.of(file(""), 3).etag());
  }

  @Test
  void ofPartsTheEtagCountsThem() throws IOException {
    assertEquals("-3", Fingerprint.of(file("abcabca"), 3).etag().substring(32));
    assertEquals("-2", Fingerprint.of(file("abcabc"), 3).etag().substring(32));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("f"), text);
  }
}
