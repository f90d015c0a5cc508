#include "plan/record.hpp"

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

std::string to_text(const Record& record) {
    Json json = {{"schema", record_schema}, {"containers", Json::array()}};
    for (const RecordedContainer& entry : record.containers) {
        json["containers"].push_back(to_json(entry));
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
        return record;
    });
}

std::optional<RecordedContainer> parse_entry(const std::string& text) {
    return read_or_none(text, entry_from);
}

}  // namespace plan
