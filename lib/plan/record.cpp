#include "plan/record.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace plan {
namespace {

using Json = nlohmann::ordered_json;

constexpr int record_schema = 1;

constexpr std::pair<appliance::ContainerType, const char*> types[] = {
    {appliance::ContainerType::service, "service"},
    {appliance::ContainerType::job, "job"},
};
constexpr std::pair<appliance::Protocol, const char*> protocols[] = {
    {appliance::Protocol::tcp, "tcp"},
    {appliance::Protocol::udp, "udp"},
    {appliance::Protocol::sctp, "sctp"},
};

constexpr std::pair<appliance::Restart::Policy, const char*> policies[] = {
    {appliance::Restart::Policy::no, "no"},
    {appliance::Restart::Policy::always, "always"},
    {appliance::Restart::Policy::on_failure, "on-failure"},
    {appliance::Restart::Policy::unless_stopped, "unless-stopped"},
};
constexpr std::pair<RecordedCheck::Kind, const char*> check_kinds[] = {
    {RecordedCheck::Kind::command, "command"},
    {RecordedCheck::Kind::tcp, "tcp"},
    {RecordedCheck::Kind::http, "http"},
    {RecordedCheck::Kind::https, "https"},
};

template <class Value, std::size_t N>
std::string word(const std::pair<Value, const char*> (&table)[N], Value value) {
    for (const auto& [candidate, text] : table) {
        if (candidate == value) {
            return text;
        }
    }
    return "";
}

// Throws for an unknown word, as the Json accessors do for a wrong type.
template <class Value, std::size_t N>
Value value_of(const std::pair<Value, const char*> (&table)[N], const std::string& text) {
    for (const auto& [value, candidate] : table) {
        if (text == candidate) {
            return value;
        }
    }
    throw std::invalid_argument(text);
}

Json to_json(const RecordedCheck& check) {
    return {{"kind", word(check_kinds, check.kind)},
            {"port", check.port},
            {"path", check.path},
            {"timeout_ms", check.timeout.count()},
            {"grace_ms", check.grace.count()}};
}

RecordedCheck check_from(const Json& json) {
    return {value_of(check_kinds, json.at("kind").get<std::string>()),
            json.at("port").get<std::uint16_t>(), json.at("path").get<std::string>(),
            std::chrono::milliseconds(json.at("timeout_ms").get<std::int64_t>()),
            std::chrono::milliseconds(json.at("grace_ms").get<std::int64_t>())};
}

Json to_json(const RecordedContainer& entry) {
    Json json = {{"id", entry.id.str()},
                 {"type", word(types, entry.type)},
                 {"image", entry.image},
                 {"instances", entry.instances},
                 {"fingerprint", entry.fingerprint},
                 {"needs", Json::array()},
                 {"ports", Json::array()}};
    for (const ContainerId& need : entry.needs) {
        json["needs"].push_back(need.str());
    }
    for (const RecordedPort& port : entry.ports) {
        json["ports"].push_back({{"port", port.container_port},
                                 {"protocol", word(protocols, port.protocol)},
                                 {"name", port.name}});
    }
    json["restart"] = word(policies, entry.restart);
    if (entry.host_network) {
        json["host_network"] = true;
    }
    if (entry.check) {
        json["check"] = to_json(*entry.check);
    }
    if (entry.capacity != 1) {
        json["capacity"] = entry.capacity;
    }
    return json;
}

RecordedContainer entry_from(const Json& json) {
    RecordedContainer entry;
    entry.id = ContainerId(json.at("id").get<std::string>());
    entry.type = value_of(types, json.at("type").get<std::string>());
    entry.image = json.at("image").get<std::string>();
    entry.instances = json.at("instances").get<int>();
    entry.fingerprint = json.at("fingerprint").get<std::string>();
    for (const Json& need : json.at("needs")) {
        entry.needs.emplace_back(need.get<std::string>());
    }
    for (const Json& port : json.at("ports")) {
        entry.ports.push_back({port.at("port").get<std::uint16_t>(),
                               value_of(protocols, port.at("protocol").get<std::string>()),
                               port.at("name").get<std::string>()});
    }
    entry.restart = value_of(policies, json.at("restart").get<std::string>());
    entry.host_network = json.value("host_network", false);
    if (json.contains("check")) {
        entry.check = check_from(json.at("check"));
    }
    entry.capacity = json.value("capacity", 1.0);
    return entry;
}

// A label may hold anything: whoever can reach the engine can write one.
template <class Read>
auto read_or_none(const std::string& text, Read read) -> std::optional<decltype(read(Json()))> {
    try {
        return read(Json::parse(text));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

int needed_instances(int instances, double capacity) {
    constexpr double rounding = 1e-9;  // 100 * 0.55 is a little more than 55
    return static_cast<int>(std::ceil(instances * std::clamp(capacity, 0.0, 1.0) - rounding));
}

EntryIndex index_of(const Record& record) {
    EntryIndex index;
    for (const RecordedContainer& entry : record.containers) {
        index.emplace(entry.id, &entry);
    }
    return index;
}

std::string to_text(const Record& record) {
    Json json = {{"schema", record_schema}, {"containers", Json::array()}};
    for (const RecordedContainer& entry : record.containers) {
        json["containers"].push_back(to_json(entry));
    }
    for (const RecordedFailure& failure : record.failures) {
        json["failures"].push_back({{"container", failure.instance.container.str()},
                                    {"instance", failure.instance.number},
                                    {"engine_id", failure.engine_id},
                                    {"reason", failure.reason}});
    }
    return dump(json);
}

std::string to_text(const RecordedContainer& entry) { return dump(to_json(entry)); }

std::optional<Record> parse_record(const std::string& text) {
    return read_or_none(text, [](const Json& json) {
        if (json.at("schema").get<int>() != record_schema) {
            throw std::invalid_argument("schema");
        }
        Record record;
        for (const Json& entry : json.at("containers")) {
            record.containers.push_back(entry_from(entry));
        }
        for (const Json& failure : json.value("failures", Json::array())) {
            record.failures.push_back(
                {Instance{ContainerId(failure.at("container").get<std::string>()),
                          failure.at("instance").get<int>()},
                 failure.at("engine_id").get<std::string>(),
                 failure.at("reason").get<std::string>()});
        }
        return record;
    });
}

std::optional<RecordedContainer> parse_entry(const std::string& text) {
    return read_or_none(text, entry_from);
}

}  // namespace plan
