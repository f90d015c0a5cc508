#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "engine/address.hpp"
#include "engine/api.hpp"
#include "engine/error.hpp"
#include "http/transport.hpp"

namespace engine {

// One finished call, for `-v`; a stream counts as finished when it has opened.
struct Trace {
    std::string method;
    std::string target;  // with the query, without the version prefix
    int status = 0;      // 0: no reply
    std::chrono::microseconds took{0};
};

// Ends the stream when it goes; no callback of the stream comes after that.
using StreamHandle = http::StreamHandle;

// Carries out calls, as many at once as are sent, on one thread.
//
// Callbacks run inside `run_once` (or `get`), never inside `send`, `stream` or `probe`. They may
// send, open streams and drop handles, their own too, but neither call `run_once` or `get` nor
// destroy the client. Destroying it forgets the calls in flight without calling back; handles may
// outlive it.
class Client {
public:
    // Asks the engine for its API version and settles on one. Unreachable, which one that does not
    // answer in time is too, VersionMismatch, Broken, Malformed, or Refused by an engine that is
    // not well. The engine's minimum is not asked for (that is another call): where it is above
    // ours, the first call answers VersionMismatch.
    static Result<Client> connect(const Address& address,
                                  std::function<void(const Trace&)> trace = {});
    static Result<Client> connect(const Address& address,
                                  std::unique_ptr<http::Transport> transport,
                                  std::function<void(const Trace&)> trace = {});

    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    template <class T>
    void send(Call<T> call, std::type_identity_t<std::function<void(Result<T>)>> done);

    // `on_open` when the engine has accepted it (the headers of a status 200 are there); `on_end`
    // once and last, with the error, or none where the engine ended the stream.
    template <class T>
    [[nodiscard]] StreamHandle stream(StreamCall<T> call, const std::function<void()>& on_open,
                                      std::type_identity_t<std::function<void(T)>> on_item,
                                      const std::function<void(std::optional<Error>)>& on_end);

    // Sends and runs until the reply is there; other calls' callbacks run meanwhile.
    template <class T>
    [[nodiscard]] Result<T> get(Call<T> call);

    // Not a call of the engine: asks the program in a container itself, and is not traced.
    void probe(http::ProbeTarget target, std::function<void(http::ProbeResult)> done);

    // Waits for something to happen (a reply, stream data, a descriptor of `also` becoming
    // readable, a signal, the time passing) and runs the callbacks that are due.
    void run_once(std::chrono::milliseconds at_most, std::span<const int> also = {});

    [[nodiscard]] const Address& address() const;
    [[nodiscard]] const std::string& api_version() const;  // "1.41"

private:
    struct Core;

    // Hands bytes to the decoder and its items to the caller; an error ends the stream. `open`
    // turns false when a callback drops the handle.
    using Feed = std::function<std::optional<Error>(std::string_view bytes, const bool& open)>;

    explicit Client(std::unique_ptr<Core> core);
    void send_request(http::Request request, std::function<void(Result<http::Response>)> done);
    StreamHandle open_stream(http::Request request, std::function<void()> on_open, Feed feed,
                             std::function<void(std::optional<Error>)> on_end);

    std::unique_ptr<Core> core_;
};

template <class T>
void Client::send(Call<T> call, std::type_identity_t<std::function<void(Result<T>)>> done) {
    send_request(std::move(call.request), [decode = std::move(call.decode),
                                           done = std::move(done)](Result<http::Response> reply) {
        done(reply ? decode(*reply) : tl::unexpected(std::move(reply.error())));
    });
}

template <class T>
StreamHandle Client::stream(StreamCall<T> call, const std::function<void()>& on_open,
                            std::type_identity_t<std::function<void(T)>> on_item,
                            const std::function<void(std::optional<Error>)>& on_end) {
    auto feed = [decode = std::move(call.decode), on_item = std::move(on_item)](
                    std::string_view bytes, const bool& open) -> std::optional<Error> {
        for (auto& item : decode(bytes)) {
            if (!open) {
                break;
            }
            if (!item) {
                return std::move(item.error());
            }
            on_item(std::move(*item));
        }
        return std::nullopt;
    };
    return open_stream(std::move(call.request), on_open, std::move(feed), on_end);
}

template <class T>
Result<T> Client::get(Call<T> call) {
    std::optional<Result<T>> result;
    send(std::move(call), [&result](Result<T> reply) { result = std::move(reply); });
    while (!result) {
        run_once(std::chrono::seconds(1));
    }
    return std::move(*result);
}

}  // namespace engine
