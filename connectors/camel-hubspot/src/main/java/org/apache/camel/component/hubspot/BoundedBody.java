package org.apache.camel.component.hubspot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads an answer into memory up to a size; a larger one is an error, and no more of it is read. */
final class BoundedBody implements HttpResponse.BodyHandler<byte[]> {

    private final int most;

    BoundedBody(int most) {
        this.most = most;
    }

    @Override
    public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
        return new Subscriber(most);
    }

    private static final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {

        private final int most;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.Subscription subscription;

        Subscriber(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (ByteBuffer part : parts) {
                if (held.size() + part.remaining() > most) {
                    subscription.cancel();
                    body.completeExceptionally(new IOException("the answer is larger than " + most + " bytes"));
                    return;
                }
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                held.write(bytes, 0, bytes.length);
            }
        }

        @Override
        public void onError(Throwable broken) {
            body.completeExceptionally(broken);
        }

        @Override
        public void onComplete() {
            body.complete(held.toByteArray());
        }
    }
}
