package io.deungdae.simulators.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CloudStoreIT {

  @TempDir private Path folder;

  @Test
  void objectsGoInAndOutWithTheRightKeysOnly() throws Exception {
    try (CloudStore store = new CloudStore(folder, 0)) {
      String access = Files.readString(store.accessKeyFile());
      String secret = Files.readString(store.secretKeyFile());
      try (S3Client s3 = client(store, access, secret)) {
        s3.putObject(
            put -> put.bucket(CloudStore.BUCKET).key("a/b.csv"), RequestBody.fromString("1,2\n"));
        String back =
            s3.getObjectAsBytes(get -> get.bucket(CloudStore.BUCKET).key("a/b.csv")).asUtf8String();
        assertEquals("1,2\n", back);
      }
      try (S3Client s3 = client(store, access, "wrong")) {
        S3Exception refused =
            assertThrows(
                S3Exception.class, () -> s3.listObjectsV2(list -> list.bucket(CloudStore.BUCKET)));
        assertEquals(403, refused.statusCode());
      }
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(store.secretKeyFile())));
    }
  }

  private static S3Client client(CloudStore store, String access, String secret) {
    return S3Client.builder()
        .endpointOverride(URI.create(store.url()))
        .region(Region.of("kr-standard"))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret)))
        .build();
  }
}
